import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { ListStatement } from "../../model/list.ts";

/** Something comes into every list. */
export function* listNeverFilled(domain: Domain): Iterable<Diagnostic> {
  for (const { name, reactions, place } of domain.lists) {
    if (reactions.some(({ statements }) => statements.some(fills))) continue;
    yield diagnostic("list-never-filled", place, { list: name, onlyUpdates: reactions.length > 0 });
  }
}

function fills(statement: ListStatement): boolean {
  switch (statement.kind) {
    case "add-row":
    case "by-code":
      return true;
    case "update-row":
      return statement.orAdd;
    case "when":
      return [...statement.statements, ...(statement.otherwise ?? [])].some(fills);
    case "for-each":
      return statement.statements.some(fills);
    default:
      return false;
  }
}
