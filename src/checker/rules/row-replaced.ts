import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { fullName } from "../../model/names.ts";
import { aggregatesOf } from "../aggregates-of.ts";
import { firstEvents } from "../first-events.ts";
import { statementsOf } from "../statements-of.ts";

/** The row of an aggregate is added by an event that happens to it once. */
export function* rowReplaced(domain: Domain): Iterable<Diagnostic> {
  const firsts = new Map(aggregatesOf(domain).map((one) => [fullName({ context: one.context, aggregate: one.name }), firstEvents(one)]));
  for (const { name, reactions } of domain.lists) {
    for (const reaction of reactions) {
      const { context, aggregate, event } = reaction.event;
      if (firsts.get(fullName({ context, aggregate }))?.has(event) !== false) continue;
      for (const { statement } of statementsOf(reaction)) {
        if (statement.kind !== "add-row" || statement.assignments.some(({ field }) => field === "id")) continue;
        yield diagnostic("row-replaced", statement.place, { list: name, event });
      }
    }
  }
}
