import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Aggregate } from "../../model/aggregate.ts";
import type { Domain } from "../../model/domain.ts";
import type { StateField } from "../../model/field.ts";
import { describeType } from "../../model/types/describe-type.ts";
import { aggregatesOf } from "../aggregates-of.ts";
import { firstEvents } from "../first-events.ts";
import type { Known } from "../rule.ts";

/** A field of a state holds something from the beginning: its type's zero, a default, or what every first event sets. */
export function* startMissing(domain: Domain, known: Known): Iterable<Diagnostic> {
  for (const aggregate of aggregatesOf(domain).filter(known.isWhole)) {
    const firsts = firstEvents(aggregate);
    for (const field of aggregate.state) yield* complaints(field, notSetBy(aggregate, firsts, field.name), firsts.size === 0);
  }
  for (const { state } of domain.flows.filter(known.isWhole)) {
    for (const field of state) yield* complaints(field, [], true);
  }
}

/** The first events that leave a field without a value. */
function notSetBy({ events }: Aggregate, firsts: ReadonlySet<string>, field: string): readonly string[] {
  return events
    .filter(
      ({ name, changes }) =>
        firsts.has(name) && !changes.some((change) => change.kind === "set" && change.assignments.some((one) => one.field === field)),
    )
    .map(({ name }) => name);
}

function* complaints({ name, type, start, place }: StateField, unset: readonly string[], hasNoFirst: boolean): Iterable<Diagnostic> {
  if (start !== undefined || (unset.length === 0 && !hasNoFirst)) return;
  yield diagnostic("start-missing", place, { field: name, type: describeType(type), unset });
}
