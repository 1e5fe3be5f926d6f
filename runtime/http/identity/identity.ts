import { problem, type Problem } from "../../protocol/problem.ts";
import { anonymous, type User } from "../../protocol/user.ts";

/** Who a request comes from, or why that cannot be said. */
export type Identified = Guest | { readonly kind: "refused"; readonly problem: Problem };

export interface Guest {
  readonly kind: "guest";
  readonly user: User;
  /** When the token ends, in milliseconds since 1970; Infinity without one. */
  readonly until: number;
}

/** Says who a token was given to; without a token a user is anonymous. */
export interface Identity {
  /** What can be said without any work; undefined where there is some. */
  known(token: string | undefined): Identified | undefined;
  find(token: string): Promise<Identified>;
}

export const nobody: Guest = { kind: "guest", user: anonymous, until: Infinity };

/** The same for everything that can be wrong with a token: whoever guesses learns nothing. */
export const invalidToken = {
  kind: "refused",
  problem: problem("not-authenticated", "The token is not valid here, or not any more."),
} as const;

export const issuerUnreachable = {
  kind: "refused",
  problem: problem("unavailable", "Tokens cannot be checked just now; ask again."),
} as const;

/** An application that knows no issuer believes no token. */
export const noIdentity: Identity = {
  known: (token) => (token === undefined ? nobody : invalidToken),
  find: async () => invalidToken,
};

/** The token in an `Authorization` header, which is invalid where it is empty. Other schemes are for somebody else, such as a proxy. */
export function tokenIn(authorization: string | undefined): string | undefined {
  if (authorization === undefined || !/^bearer(\s|$)/i.test(authorization)) return undefined;

  return authorization.slice("bearer".length).trim();
}
