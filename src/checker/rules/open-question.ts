import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** Hotspots are listed until they are answered. */
export function* openQuestion(domain: Domain): Iterable<Diagnostic> {
  for (const { questions } of [domain, ...domain.contexts, ...aggregatesOf(domain), ...domain.lists, ...domain.flows]) {
    for (const { text, place } of questions) yield diagnostic("open-question", place, { text });
  }
}
