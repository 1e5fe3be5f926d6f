import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { ListStatement } from "../../model/list.ts";

/** One event adds the row of its aggregate once: a second one would replace the first at once. */
export function* rowAddedTwice(domain: Domain): Iterable<Diagnostic> {
  for (const { name, reactions } of domain.lists) {
    for (const { event, statements } of reactions) yield* inBlock(name, event.event, statements, undefined);
  }
}

type Added = Extract<ListStatement, { readonly kind: "add-row" }>;

function* inBlock(list: string, event: string, statements: readonly ListStatement[], before: Added | undefined): Iterable<Diagnostic> {
  let first = before;
  for (const statement of statements) {
    if (statement.kind === "when") {
      yield* inBlock(list, event, statement.statements, first);
      yield* inBlock(list, event, statement.otherwise ?? [], first);
    }
    if (statement.kind !== "add-row" || statement.assignments.some(({ field }) => field === "id")) continue;
    if (first !== undefined) yield diagnostic("row-added-twice", statement.place, { list, event }, { related: first.place });
    first ??= statement;
  }
}
