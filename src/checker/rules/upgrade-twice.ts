import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** How an event leaves a version is said once. */
export function* upgradeTwice(domain: Domain): Iterable<Diagnostic> {
  for (const { upgrades } of aggregatesOf(domain)) {
    for (const [first, ...others] of Map.groupBy(upgrades, ({ event, from }) => `${event} ${String(from)}`).values()) {
      for (const { event, from, place } of others) yield diagnostic("upgrade-twice", place, { event, from }, { related: first?.place });
    }
  }
}
