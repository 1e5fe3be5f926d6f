import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** Some command starts the aggregate. */
export function* aggregateNeverBegins(domain: Domain): Iterable<Diagnostic> {
  for (const { name, commands, place } of aggregatesOf(domain)) {
    if (commands.length > 0 && commands.every(({ on }) => on === "existing"))
      yield diagnostic("aggregate-never-begins", place, { aggregate: name });
  }
}
