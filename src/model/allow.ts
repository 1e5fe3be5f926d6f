import type { Expression } from "./expression.ts";
import type { Place } from "./place.ts";

/** One `allow` line as one of the things it allows sees it. One that allows is enough. */
export interface Rule {
  readonly who: Who;
  /** Of the state (or row) and the user. */
  readonly where?: Expression;
  readonly place: Place;
}

/** `owner`, who started the aggregate, is authenticated, and never occurs in lists. */
export type Who = { readonly kind: "everyone" | "authenticated" | "owner" } | { readonly kind: "role"; readonly role: string };
