import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { isId } from "../../protocol/validation/text.ts";
import { invalidToken, issuerUnreachable, nobody, type Guest, type Identified, type Identity } from "./identity.ts";
import type { Issuer, TokenOptions } from "./issuer.ts";
import { IssuerUnreachable } from "./keys-of-issuer.ts";
import { rolesIn } from "./roles-in.ts";

/** An issuer and the keys that it signs with. */
export interface TrustedIssuer extends Issuer {
  readonly keys: JWTVerifyGetKey;
}

export interface Trust extends Pick<TokenOptions, "audiences" | "rolesClaim"> {
  readonly issuers: readonly TrustedIssuer[];
  /** The roles that the model knows; all others are left out. Undefined for all that a token names. */
  readonly roles: readonly string[] | undefined;
}

export interface TokenWorld {
  now(): number;
  report(fault: unknown): void;
}

/** Signatures with a private key only: a public key is never a shared secret, and nothing goes unsigned. */
const algorithms = ["ES256", "ES384", "ES512", "EdDSA", "Ed25519", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"];
/** Tokens that were made for something else, such as logging out, say so here. */
const types = [undefined, "jwt", "at+jwt", "application/at+jwt"];
const clockTolerance = 30;
const longestToken = 8_192;
/** What was verified is believed so long without looking again: a key that is withdrawn is used no longer than that. */
const believedFor = 60_000;
const mostBelieved = 10_000;
/** The operator hears of an issuer that does not answer once in so many milliseconds, not with every token. */
const patience = 10_000;

/** Identifies users by the JSON Web Tokens of these issuers. */
export function identityByToken(trust: Trust, world: TokenWorld): Identity {
  const reporting = { ...world, report: sometimes(world) };
  const believed = new Map<string, { readonly guest: Guest; readonly until: number }>();

  return {
    known(token) {
      if (token === undefined) return nobody;
      const known = believed.get(token);
      if (known && world.now() < known.until) return known.guest;
      believed.delete(token);

      return undefined;
    },
    async find(token) {
      const found = await guestOf(token, trust, reporting);
      if (found.kind === "refused") return found;
      if (believed.size >= mostBelieved) believed.delete(believed.keys().next().value!);
      believed.set(token, { guest: found, until: Math.min(found.until, world.now() + believedFor) });

      return found;
    },
  };
}

async function guestOf(token: string, trust: Trust, { now, report }: TokenWorld): Promise<Identified> {
  try {
    if (token.length > longestToken) return invalidToken;
    const issuer = issuerOf(token, trust.issuers);
    if (!issuer) return invalidToken;
    const { payload, protectedHeader } = await jwtVerify(token, issuer.keys, {
      issuer: issuer.url,
      audience: [...trust.audiences],
      algorithms,
      clockTolerance,
      requiredClaims: ["sub", "exp"],
      currentDate: new Date(now()),
    });
    const id = types.includes(protectedHeader.typ?.toLowerCase()) ? idOf(payload.sub, issuer, trust.issuers) : undefined;
    if (id === undefined) return invalidToken;

    return { kind: "guest", user: { id, roles: rolesIn(payload, trust.rolesClaim, trust.roles) }, until: endOf(payload) };
  } catch (error) {
    if (error instanceof errors.JOSEError) return invalidToken;
    report(error);

    return error instanceof IssuerUnreachable ? issuerUnreachable : invalidToken;
  }
}

function sometimes({ now, report }: TokenWorld): TokenWorld["report"] {
  let last = -Infinity;

  return (fault) => {
    if (now() - last < patience) return;
    last = now();
    report(fault);
  };
}

/** Whose token it claims to be; the keys say whether that is true. */
function issuerOf(token: string, issuers: readonly TrustedIssuer[]): TrustedIssuer | undefined {
  const { iss } = decodeJwt(token);

  return issuers.find(({ url }) => url === iss);
}

/** Users of different issuers never share an id: those of a named one have its name in front, and nobody else's id may look like that. */
function idOf(subject: unknown, { name }: TrustedIssuer, issuers: readonly TrustedIssuer[]): string | undefined {
  if (typeof subject !== "string" || subject === "") return undefined;
  if (name === undefined && issuers.some((other) => other.name !== undefined && subject.startsWith(`${other.name}:`))) return undefined;
  const id = name === undefined ? subject : `${name}:${subject}`;

  return isId(id) ? id : undefined;
}

function endOf({ exp }: JWTPayload): number {
  return (exp! + clockTolerance) * 1000;
}
