import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import { spelledOut } from "../../diagnostics/phrases.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** The aggregate's name is not said again in the names of its commands and events. */
export function* nameRepeated(domain: Domain): Iterable<Diagnostic> {
  for (const { name: aggregate, commands, events } of aggregatesOf(domain)) {
    for (const { kind, name, place } of [...commands, ...events]) {
      const words = spelledOut(name).split(" ");
      const others = words.filter((word) => word !== aggregate.toLowerCase());
      if (others.length === 0 || others.length === words.length) continue;
      yield diagnostic("name-repeated", place, { noun: kind, name, aggregate, shorter: inOneWord(others) });
    }
  }
}

const inOneWord = (words: readonly string[]): string =>
  words.map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join("");
