import type { AggregateState } from "../write/aggregate-state.ts";
import { keepInvariants } from "../write/keep-invariants.ts";
import { keepTypes } from "../write/keep-types.ts";
import type { Kind, Task } from "../write/vocabulary.ts";

/** What the model says is always so, and is not after these events; undefined where all of it is. */
export function brokenIn(kind: Kind, before: AggregateState, after: AggregateState): string | undefined {
  const judge = keepInvariants(keepTypes(() => ({ kind: "accepted", events: [], after })));
  // The two look at nothing of a task but the kind of its aggregate.
  const judged = judge(before, { kind } as Task);
  return judged.kind === "rejected" ? judged.problem.detail : undefined;
}
