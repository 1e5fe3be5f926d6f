import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { fullName } from "../../model/names.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** An event changes something, moves something, or is seen by somebody. */
export function* eventWithoutEffect(domain: Domain): Iterable<Diagnostic> {
  const heard = new Set([
    ...domain.lists.flatMap(({ reactions }) => reactions.map(({ event }) => fullName(event))),
    ...domain.flows.flatMap(({ reactions }) =>
      reactions.flatMap(({ trigger }) => (trigger.kind === "event" ? [fullName(trigger.event)] : [])),
    ),
  ]);
  for (const { context, name: aggregate, events } of aggregatesOf(domain)) {
    for (const { name: event, changes, allows, retired, place } of events) {
      const matters = retired || changes.length > 0 || allows.length > 0 || heard.has(fullName({ context, aggregate, event }));
      if (!matters) yield diagnostic("event-without-effect", place, { event });
    }
  }
}
