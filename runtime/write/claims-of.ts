import { problem } from "../protocol/problem.ts";
import type { NewClaim } from "../store/claim.ts";
import type { AggregateState, AnyAggregate } from "./aggregate-state.ts";
import { canonical } from "./canonical.ts";
import { inWordsOf } from "./keep-invariants.ts";

/** The unique fields whose values are others after a command than they were before. */
export function claimsOf({ unique = [] }: AnyAggregate, before: AggregateState, after: AggregateState): readonly NewClaim[] {
  return unique.flatMap(({ field, reason }) => {
    const value = heldValue(after, field);
    if (value === heldValue(before, field)) return [];
    return [{ field, value, taken: problem("rejected", inWordsOf(reason, after)) }];
  });
}

/** What an aggregate keeps from others: nothing before it exists, after it has ended, and where the field is `none`. */
export function heldValue({ state, revision, hasEnded }: AggregateState, field: string): string | null {
  const value = revision === 0 || hasEnded ? null : (state as Readonly<Record<string, unknown>>)[field];
  return value == null ? null : canonical(value);
}
