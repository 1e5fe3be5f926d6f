import { problem } from "../protocol/problem.ts";
import type { Invariant, Reason } from "./aggregate.ts";
import type { AggregateState } from "./aggregate-state.ts";
import type { Decide } from "./decide.ts";

/** A command is rejected that would break what held before it. They are asked once, about the state that all of its events lead to. */
export function keepInvariants(decide: Decide): Decide {
  return (before, task) => {
    const decision = decide(before, task);
    if (decision.kind !== "accepted" || decision.after === before) return decision;

    const broken = task.kind.definition.invariants?.find((invariant) => breaks(invariant, before, decision.after));
    return broken === undefined ? decision : { kind: "rejected", problem: problem("rejected", inWordsOf(broken.reason, decision.after)) };
  };
}

/** Of an aggregate that did not exist nothing was broken. */
function breaks(invariant: Invariant<unknown>, before: AggregateState, after: AggregateState): boolean {
  return !invariant.holds(after) && (before.revision === 0 || invariant.holds(before));
}

/** The reason with the values that the model put into it. */
export function inWordsOf(reason: Reason<unknown>, aggregate: AggregateState): string {
  return typeof reason === "string" ? reason : reason(aggregate);
}
