import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { isSafe } from "./issuer.ts";

/** The issuer does not answer, or not as OpenID Connect wants it: no token can be checked. */
export class IssuerUnreachable extends Error {
  override readonly name = "IssuerUnreachable";
}

const longestAnswer = 5_000;
/** A key that is not known is asked for, but not more often than this. */
const cooldownDuration = 3_000;
const cacheMaxAge = 10 * 60_000;
/** Where the keys are is asked again after so long, after a failure sooner. */
const rememberFor = 60 * 60_000;
const pauseAfterFailure = 1_000;

/** What is wrong with a token, not with its issuer. */
const faultsOfTokens: readonly string[] = [
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
  errors.JOSENotSupported.code,
];

/** The keys of an issuer, from where its discovery document says; fetched when they are first needed, and again when it uses new ones. */
export function keysOfIssuer(issuer: string, now: () => number): JWTVerifyGetKey {
  let discovered: { readonly keys: Promise<JWTVerifyGetKey>; readonly until: number } | undefined;

  function current(): Promise<JWTVerifyGetKey> {
    if (discovered && now() < discovered.until) return discovered.keys;
    const keys = discover(issuer).then((address) => createRemoteJWKSet(address, { cooldownDuration, cacheMaxAge }));
    discovered = { keys, until: now() + rememberFor };
    keys.catch(() => (discovered = { keys, until: now() + pauseAfterFailure }));

    return keys;
  }

  return async (header, token) => {
    try {
      const keys = await current();

      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JOSEError && faultsOfTokens.includes(error.code)) throw error;
      throw new IssuerUnreachable(`The keys of the issuer ${issuer} cannot be had.`, { cause: error });
    }
  };
}

async function discover(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(address, {
    headers: { accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(longestAnswer),
  });
  if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
  const { issuer: itself, jwks_uri: keys } = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (itself !== issuer) throw new Error(`${address} is of another issuer, ${String(itself)}.`);
  if (typeof keys !== "string" || !isSafe(keys)) throw new Error(`${address} names no safe jwks_uri.`);

  return new URL(keys);
}
