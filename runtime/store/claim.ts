import type { Problem } from "../protocol/problem.ts";

/** What an aggregate holds of one unique field from an append on, or that it holds nothing any more. */
export interface NewClaim {
  readonly field: string;
  /** Any text; equal values have equal texts. Null holds nothing. */
  readonly value: string | null;
  /** The answer to the command where another aggregate of the kind holds the value. */
  readonly taken: Problem;
}

/** One aggregate holds one value. */
export interface Claim {
  readonly context: string;
  readonly aggregate: string;
  readonly field: string;
  readonly value: string;
  readonly aggregateId: string;
}

/** A value that several aggregates hold: the first and the last of them by id, and how many there are. */
export interface SharedValue extends Omit<Claim, "aggregateId"> {
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

/**
 * Who holds which unique value. Appends keep it up to date by themselves; what was appended before a field became unique has to be
 * claimed once, by `replace`. The rules are any text: whatever decides which claims the events of the log lead to.
 */
export interface Claims {
  /** Whether the claims are complete by these rules. If so, whatever is appended here fails as soon as they are not any more. */
  adopt(rules: string): Promise<boolean>;
  /** Replaces all claims at once, unless a value is shared (the first 20 are told), or the log has grown meanwhile. */
  replace(rules: string, claims: AsyncIterable<readonly Claim[]>): Promise<Replaced>;
}

export type Replaced =
  { readonly kind: "replaced" } | { readonly kind: "shared"; readonly values: readonly SharedValue[] } | { readonly kind: "overtaken" };

export const mostSharedValues = 20;
