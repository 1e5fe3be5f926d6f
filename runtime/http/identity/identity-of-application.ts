import type { Application } from "../../application.ts";
import type { DevLogin } from "./dev-login.ts";
import { noIdentity, type Identity } from "./identity.ts";
import type { TokenWorld } from "./identity-by-token.ts";
import type { TokenOptions } from "./issuer.ts";
import { lazyIdentity } from "./lazy-identity.ts";

/** Where the users of an application come from: issuers of tokens, or, in development, a page where one says who one is. */
export interface Identities {
  readonly identity: Identity;
  /** In development only. */
  readonly login?: () => Promise<DevLogin>;
}

export function identitiesByIssuers({ roles }: Application, options: TokenOptions, world: TokenWorld): Identities {
  const identity = lazyIdentity(async () => {
    const [{ identityByToken }, { keysOfIssuer }] = await Promise.all([import("./identity-by-token.ts"), import("./keys-of-issuer.ts")]);
    const issuers = options.issuers.map((issuer) => ({ ...issuer, keys: keysOfIssuer(issuer.url, world.now) }));

    return identityByToken({ ...options, issuers, roles }, world);
  });

  return { identity };
}

/** `folder` is where its key is kept, so that a token outlives the restarts that every change of the model brings. */
export function identitiesForDevelopment(application: Application, folder: string, world: TokenWorld): Identities {
  let opening: Promise<DevLogin> | undefined;
  const login = () => (opening ??= import("./dev-login.ts").then(({ openDevLogin }) => openDevLogin(folder, application.name, world.now)));
  const identity = lazyIdentity(async () => {
    const [{ identityByToken }, { issuer, audience, rolesClaim }] = await Promise.all([import("./identity-by-token.ts"), login()]);

    return identityByToken({ issuers: [issuer], audiences: [audience], rolesClaim, roles: application.roles }, world);
  });

  return { identity, login };
}

export const nobodyKnown: Identities = { identity: noIdentity };
