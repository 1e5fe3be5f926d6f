import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { Assignment } from "../../model/expression.ts";
import type { List, ListStatement } from "../../model/list.ts";
import type { EventName } from "../../model/names.ts";
import type { Place } from "../../model/place.ts";
import { describeType } from "../../model/types/describe-type.ts";
import type { Known } from "../rule.ts";

/** Every row that is added has a value in each field. */
export function* rowStartMissing(domain: Domain, known: Known): Iterable<Diagnostic> {
  for (const list of domain.lists.filter(known.isWhole)) {
    const added = additionsOf(list);
    for (const { name, type, start, place } of list.fields) {
      const without = start === undefined ? added.find(({ assignments }) => !assignments.some(({ field }) => field === name)) : undefined;
      if (without === undefined) continue;
      const facts = { field: name, type: describeType(type), event: `${without.event.aggregate}.${without.event.event}` };
      yield diagnostic("row-start-missing", place, facts, { related: without.place });
    }
  }
}

interface Addition {
  readonly event: EventName;
  readonly assignments: readonly Assignment[];
  readonly place: Place;
}

const additionsOf = ({ reactions }: List): readonly Addition[] =>
  reactions.flatMap(({ event, statements }) => statements.flatMap((statement) => additionsIn(statement, event)));

function additionsIn(statement: ListStatement, event: EventName): readonly Addition[] {
  switch (statement.kind) {
    case "add-row":
      return [{ event, assignments: statement.assignments, place: statement.place }];
    case "update-row":
      return statement.orAdd ? [{ event, assignments: [...(statement.key ?? []), ...statement.assignments], place: statement.place }] : [];
    case "when":
      return [...statement.statements, ...(statement.otherwise ?? [])].flatMap((inner) => additionsIn(inner, event));
    case "for-each":
      return statement.statements.flatMap((inner) => additionsIn(inner, event));
    default:
      return [];
  }
}
