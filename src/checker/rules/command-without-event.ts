import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** A command leaves an event behind. */
export function* commandWithoutEvent(domain: Domain): Iterable<Diagnostic> {
  for (const { name, publishes, place } of aggregatesOf(domain).flatMap(({ commands }) => commands)) {
    if (publishes.length === 0) yield diagnostic("command-without-event", place, { command: name });
  }
}
