import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import { spelledOut } from "../../diagnostics/phrases.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

const words = new Set("create created update updated delete deleted insert inserted modify modified".split(" "));

/** Commands and events are called by the domain's words. */
export function* nameOfADatabase(domain: Domain): Iterable<Diagnostic> {
  for (const { kind, name, place } of aggregatesOf(domain).flatMap(({ commands, events }) => [...commands, ...events])) {
    const word = spelledOut(name)
      .split(" ")
      .find((part) => words.has(part));
    if (word !== undefined) yield diagnostic("name-of-a-database", place, { noun: kind, name, word });
  }
}
