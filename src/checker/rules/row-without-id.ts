import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { statementsOf } from "../statements-of.ts";

/** Rows that are added one after the other have ids of their own. */
export function* rowWithoutId(domain: Domain): Iterable<Diagnostic> {
  for (const { name, reactions } of domain.lists) {
    for (const { statement, isRepeated } of reactions.flatMap(statementsOf)) {
      if (!isRepeated) continue;
      const adds = statement.kind === "add-row" && !statement.assignments.some(({ field }) => field === "id");
      const keeps = statement.kind === "update-row" && statement.orAdd && statement.key === undefined;
      if (adds || keeps) yield diagnostic("row-without-id", statement.place, { list: name });
    }
  }
}
