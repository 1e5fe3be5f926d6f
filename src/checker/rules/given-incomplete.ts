import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { Field } from "../../model/field.ts";
import { fullName, type EventName } from "../../model/names.ts";
import { zeroOf } from "../../model/types/zero.ts";
import { aggregatesOf } from "../aggregates-of.ts";
import type { Known } from "../rule.ts";

/** What is given has happened, with all of its data: what a scenario leaves out, its default or its type's zero can stand for. */
export function* givenIncomplete(domain: Domain, known: Known): Iterable<Diagnostic> {
  for (const { steps } of domain.scenarios.filter(known.isWhole)) {
    for (const step of steps) {
      if (step.kind !== "given-event") continue;
      const said = new Set(step.data.map(({ field }) => field));
      const fields = fieldsOf(step.event, domain).filter((field) => !said.has(field.name) && !hasBeginning(field));
      if (fields.length === 0) continue;
      yield diagnostic("given-incomplete", step.place, { event: step.event.event, fields: fields.map(({ name }) => name) });
    }
  }
}

const hasBeginning = ({ type, default: initially }: Field): boolean => initially !== undefined || zeroOf(type) !== undefined;

function fieldsOf(name: EventName, domain: Domain): readonly Field[] {
  const { context, event } = name;
  const aggregate = aggregatesOf(domain).find(
    (one) => fullName({ context: one.context, aggregate: one.name }) === `${context}.${name.aggregate}`,
  );
  return aggregate?.events.find((one) => one.name === event)?.fields ?? [];
}
