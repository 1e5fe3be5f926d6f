import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";

/** Somebody may read every list. */
export function* listNeverRead(domain: Domain): Iterable<Diagnostic> {
  for (const { name, allows, place } of domain.lists) {
    if (allows.length === 0) yield diagnostic("list-never-read", place, { list: name });
  }
}
