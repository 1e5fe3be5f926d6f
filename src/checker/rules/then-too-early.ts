import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { Known } from "../rule.ts";

/** What a scenario waits for can only follow something that it does. */
export function* thenTooEarly(domain: Domain, known: Known): Iterable<Diagnostic> {
  for (const { steps } of domain.scenarios.filter(known.isWhole)) {
    const done = steps.findIndex(({ kind }) => kind === "command" || kind === "pass" || kind === "given-event");
    for (const { kind, place } of steps.slice(0, done === -1 ? steps.length : done)) {
      if (kind.startsWith("then")) yield diagnostic("then-too-early", place, {});
    }
  }
}
