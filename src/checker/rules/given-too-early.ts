import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { fullName } from "../../model/names.ts";
import type { Step } from "../../model/scenario.ts";
import { aggregatesOf } from "../aggregates-of.ts";
import { firstEvents } from "../first-events.ts";
import type { Known } from "../rule.ts";

/** In a scenario, too, an aggregate begins with one of its first events. */
export function* givenTooEarly(domain: Domain, known: Known): Iterable<Diagnostic> {
  const firsts = new Map(
    aggregatesOf(domain)
      .filter(known.isWhole)
      .map((aggregate) => [fullName({ context: aggregate.context, aggregate: aggregate.name }), firstEvents(aggregate)]),
  );
  for (const { steps } of domain.scenarios.filter(known.isWhole)) {
    const begun = new Set<string>();
    for (const step of steps) {
      const instance = instanceOf(step);
      if (instance === undefined) continue;
      const possible = firsts.get(instance.aggregate);
      if (step.kind === "given-event" && !begun.has(instance.key) && possible !== undefined && !possible.has(step.event.event)) {
        yield diagnostic("given-too-early", step.place, {
          event: step.event.event,
          aggregate: step.event.aggregate,
          firsts: [...possible],
        });
      }
      begun.add(instance.key);
    }
  }
}

/** Which instance of which aggregate a step is about. */
function instanceOf(step: Step): { readonly aggregate: string; readonly key: string } | undefined {
  if (step.kind !== "given-event" && step.kind !== "command") return undefined;
  const { context, aggregate } = step.kind === "command" ? step.command : step.event;
  const name = fullName({ context, aggregate });
  return { aggregate: name, key: `${name} ${step.instance ?? ""}` };
}
