import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";
import { looksEnglish, pastOf } from "../english.ts";

/** An event is called by what has happened: a verb in the past tense. */
export function* eventNotPast(domain: Domain): Iterable<Diagnostic> {
  const events = aggregatesOf(domain).flatMap((aggregate) => aggregate.events);
  const wrong = events.flatMap(({ name, place }) => {
    const past = pastOf(name);
    return past === undefined ? [] : [{ name, past, place }];
  });
  if (wrong.length === 0 || !looksEnglish(events.map(({ name }) => name))) return;
  for (const { name, past, place } of wrong) yield diagnostic("event-not-past", place, { event: name, past });
}
