import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";
import { imperativeOf, looksEnglish } from "../english.ts";

/** A command is called by what somebody wants: a verb in the imperative. */
export function* commandNotImperative(domain: Domain): Iterable<Diagnostic> {
  const commands = aggregatesOf(domain).flatMap((aggregate) => aggregate.commands);
  const wrong = commands.flatMap(({ name, place }) => {
    const imperative = imperativeOf(name);
    return imperative === undefined ? [] : [{ name, imperative, place }];
  });
  if (wrong.length === 0 || !looksEnglish(commands.map(({ name }) => name))) return;
  for (const { name, imperative, place } of wrong) yield diagnostic("command-not-imperative", place, { command: name, imperative });
}
