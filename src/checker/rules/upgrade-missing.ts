import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Upgrade } from "../../model/aggregate.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** From the first version of an event to the one of now, each step is there. */
export function* upgradeMissing(domain: Domain): Iterable<Diagnostic> {
  for (const { upgrades } of aggregatesOf(domain)) {
    for (const ofEvent of Map.groupBy(upgrades, ({ event }) => event).values()) yield* gapsIn(ofEvent);
  }
}

function* gapsIn(upgrades: readonly Upgrade[]): Iterable<Diagnostic> {
  const starts = new Set(upgrades.map(({ from }) => from));
  for (const { event, from, place } of upgrades) {
    if (from > 1 && !starts.has(from - 1)) yield diagnostic("upgrade-missing", place, { event, from: from - 1 });
  }
}
