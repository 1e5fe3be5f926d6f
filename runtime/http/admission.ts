import { problem, type Problem } from "../protocol/problem.ts";
import { addressOf, isThisMachine, type Caller } from "./caller.ts";
import { tokenIn, type Guest, type Identified, type Identity } from "./identity/identity.ts";
import type { RateLimit } from "./rate-limit.ts";

/** Lets requests in, or says why not: at what rate they come, and whom their tokens are of. */
export interface Admission {
  /** One request, by what its header says of who sends it. */
  admit(request: Caller): Identified | Promise<Identified>;
  /** One more message of somebody who was let in; undefined where all is well. */
  tooMany(address: string, guest: Guest | undefined): Problem | undefined;
}

export function admission(identity: Identity, limit: RateLimit, isBehindProxy: boolean): Admission {
  /** A user has a rate of their own, wherever they are; whoever is nobody shares that of their address. This machine itself has none. */
  function tooMany(address: string, guest: Guest | undefined): Problem | undefined {
    if (isThisMachine(address)) return undefined;
    const id = guest?.user.id ?? null;
    const wait = limit.take(id === null ? address : `user ${id}`);

    return wait === 0
      ? undefined
      : { ...problem("too-many-requests", "Too many requests; slow down."), retryAfter: Math.ceil(wait / 1000) };
  }

  function counted(address: string, identified: Identified): Identified {
    const found = identified.kind === "guest" ? tooMany(address, identified) : undefined;

    return found ? { kind: "refused", problem: found } : identified;
  }

  return {
    tooMany,
    admit(request) {
      const address = addressOf(request, isBehindProxy);
      const token = tokenIn(request.headers.authorization);
      const known = identity.known(token);
      if (known) return counted(address, known);
      // A token that was not seen before makes us calculate: that counts for its address.
      const found = tooMany(address, undefined);

      return found ? { kind: "refused", problem: found } : identity.find(token!);
    },
  };
}
