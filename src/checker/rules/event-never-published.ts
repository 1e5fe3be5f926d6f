import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** Some command publishes the event, unless it is retired. */
export function* eventNeverPublished(domain: Domain): Iterable<Diagnostic> {
  for (const { name: aggregate, commands, events } of aggregatesOf(domain)) {
    const published = new Set(commands.flatMap(({ publishes }) => publishes));
    for (const { name: event, retired, place } of events) {
      if (!retired && !published.has(event)) yield diagnostic("event-never-published", place, { event, aggregate });
    }
  }
}
