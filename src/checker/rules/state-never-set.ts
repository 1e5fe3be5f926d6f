import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { Change } from "../../model/event.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** Some event changes each field of a state. */
export function* stateNeverSet(domain: Domain): Iterable<Diagnostic> {
  for (const { name: aggregate, state, events } of aggregatesOf(domain)) {
    const changed = new Set(events.flatMap(({ changes }) => changes.flatMap(fieldsOf)));
    for (const { name, place } of state) {
      if (!changed.has(name)) yield diagnostic("state-never-set", place, { field: name, aggregate });
    }
  }
}

function fieldsOf(change: Change): readonly string[] {
  if (change.kind === "end") return [];
  return change.kind === "set" ? change.assignments.map(({ field }) => field) : [change.field];
}
