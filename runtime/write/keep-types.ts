import { problem } from "../protocol/problem.ts";
import type { Fault } from "../protocol/validation/check.ts";
import type { AggregateState } from "./aggregate-state.ts";
import type { Decide } from "./decide.ts";
import { sentence } from "./sentence.ts";
import { inWords, type Kind } from "./vocabulary.ts";

/** That the state fits its types is an invariant by itself: a command is rejected whose events lead to one that does not. */
export function keepTypes(decide: Decide): Decide {
  return (before, task) => {
    const decision = decide(before, task);
    if (decision.kind !== "accepted" || decision.after === before) return decision;

    const faults = newFaults(task.kind, before, decision.after);
    if (faults.length === 0) return decision;
    const name = inWords(task.kind.definition.name);
    return { kind: "rejected", problem: problem("rejected", `This ${name} would not be valid: ${sentence(faults.slice(0, 5))}.`) };
  };
}

/**
 * What is wrong with the fields that are right no more. Only those that the events have set are looked at: a state is never changed in place.
 * Of an aggregate that did not exist all are new.
 */
function newFaults({ fields }: Kind, before: AggregateState, after: AggregateState): readonly Fault[] {
  const isNew = before.revision === 0;
  const [old, current] = [before.state, after.state] as readonly Readonly<Record<string, unknown>>[];

  return fields.flatMap(({ name, faultsOf }) => {
    if (!isNew && old![name] === current![name]) return [];
    const faults = faultsOf(current![name]);
    return faults.length > 0 && !isNew && faultsOf(old![name]).length > 0 ? [] : faults;
  });
}
