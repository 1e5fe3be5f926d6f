import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { List, ListStatement } from "../../model/list.ts";
import { fullName } from "../../model/names.ts";
import { statementsOf } from "../statements-of.ts";

/** What is changed without a `where` is a row that an event of the same aggregate has added. */
export function* rowNeverThere(domain: Domain): Iterable<Diagnostic> {
  for (const list of domain.lists) {
    const adding = aggregatesThatAdd(list);
    if (adding.size === 0) continue;
    for (const reaction of list.reactions) {
      const { context, aggregate } = reaction.event;
      if (adding.has(fullName({ context, aggregate }))) continue;
      for (const { statement } of statementsOf(reaction)) {
        const verb = verbWithoutRow(statement);
        if (verb !== undefined) yield diagnostic("row-never-there", statement.place, { list: list.name, aggregate, verb });
      }
    }
  }
}

/** The aggregates that have a row of their own id. Code may add any. */
function aggregatesThatAdd({ reactions }: List): ReadonlySet<string> {
  const own = (statement: ListStatement) =>
    statement.kind === "by-code" ||
    (statement.kind === "add-row" && !statement.assignments.some(({ field }) => field === "id")) ||
    (statement.kind === "update-row" && statement.orAdd && statement.key === undefined);
  return new Set(
    reactions
      .filter((reaction) => statementsOf(reaction).some(({ statement }) => own(statement)))
      .map(({ event: { context, aggregate } }) => fullName({ context, aggregate })),
  );
}

function verbWithoutRow(statement: ListStatement): "update" | "remove" | undefined {
  if (statement.kind === "update-row") return statement.where === undefined && !statement.orAdd ? "update" : undefined;
  return statement.kind === "remove-row" && statement.where === undefined ? "remove" : undefined;
}
