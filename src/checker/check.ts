import { byPlace, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Domain } from "../model/domain.ts";
import { commentsOn, type SourceFile } from "../model/source-file.ts";
import { allow } from "./allowances.ts";
import type { Known, Rule } from "./rule.ts";
import { advice, questions, rules } from "./rules.ts";
import type { Settings } from "./settings.ts";

/**
 * Everything there is to say about a model, what was found while it was built included, in the order of the text.
 * Advice waits until nothing is wrong: as long as something is, half of it would only follow from that.
 */
export function check(
  domain: Domain,
  found: readonly Diagnostic[],
  sources: readonly SourceFile[],
  settings: Pick<Settings, "allow" | "diagnostics"> = { allow: new Set(), diagnostics: [] },
): readonly Diagnostic[] {
  const known = knownFrom(found, sources);
  const errors = [...found, ...run(rules, domain, known)];
  const more = errors.some(isError) ? [] : [...adviceOn(domain, known, sources, settings.allow), ...settings.diagnostics];
  return [...errors, ...more, ...run(questions, domain, known)].sort(byPlace);
}

const isError = ({ severity }: Diagnostic) => severity === "error";

function adviceOn(domain: Domain, known: Known, sources: readonly SourceFile[], allowed: ReadonlySet<string>): readonly Diagnostic[] {
  const left = allow(
    [...run(advice, domain, known)],
    sources.map((source) => ({ source, comments: commentsOn(source) })),
  );
  return left.filter(({ code }) => !allowed.has(code));
}

function* run(rules: readonly Rule[], domain: Domain, known: Known): Iterable<Diagnostic> {
  for (const rule of rules) yield* rule(domain, known);
}

/** A part of a file with lines that could not be read is not whole: they could have been its. */
function knownFrom(found: readonly Diagnostic[], sources: readonly SourceFile[]): Known {
  const wrong = new Map<string, number[]>();
  const note = (file: string, offset: number) => {
    const offsets = wrong.get(file) ?? [];
    offsets.push(offset);
    wrong.set(file, offsets);
  };
  for (const { location } of found) note(location.file, location.span.start);
  for (const { file, document } of sources) for (const { start } of document.unread) note(file, start);
  for (const offsets of wrong.values()) offsets.sort((a, b) => a - b);
  return {
    isAllWhole: wrong.size === 0,
    isWhole: ({ place }) => !hasBetween(wrong.get(place.file) ?? [], place.span.start, place.span.end),
  };
}

function hasBetween(sorted: readonly number[], start: number, end: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (sorted[low] ?? Infinity) < end;
}
