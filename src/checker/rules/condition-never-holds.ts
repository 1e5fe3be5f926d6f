import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { canHold } from "../can-hold.ts";
import { conditionsOf } from "../conditions-of.ts";

/** A condition can be true some time. */
export function* conditionNeverHolds(domain: Domain): Iterable<Diagnostic> {
  const told = new Set<string>();
  for (const { what, condition, place } of conditionsOf(domain)) {
    const key = `${place.file} ${String(condition.span.start)}`;
    if (told.has(key) || canHold(condition)) continue;
    told.add(key);
    yield diagnostic("condition-never-holds", { file: place.file, span: condition.span }, { what });
  }
}
