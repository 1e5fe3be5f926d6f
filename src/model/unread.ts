import type { Diagnostic, Location } from "../diagnostics/diagnostic.ts";
import { lineAt } from "../diagnostics/position.ts";
import type { SourceFile } from "./source-file.ts";

/** What is known of the lines that could not be read as they stand, and of the words of all others. */
export interface Unread {
  /** The words of the lines that were left out. A name among them may have been declared there. */
  readonly words: ReadonlySet<string>;
  /** What is declared in a line that was left out because it has no name. */
  readonly nameless: ReadonlySet<string>;
  /** Whether a line has been complained about already. */
  isOnFaultyLine(location: Location): boolean;
  /** How often a word is written anywhere in the model, descriptions included. */
  frequency(word: string): number;
}

export function unreadIn(sources: readonly SourceFile[], faults: readonly Diagnostic[]): Unread {
  const left = sources.flatMap(({ lines, document }) => document.unread.map(({ start, end }) => lines.text.slice(start, end)));
  const count = counter(sources);
  return {
    words: new Set(left.flatMap(wordsOf)),
    nameless: new Set(
      left.flatMap((text) => nouns[text.trim().split(/\s/)[0] ?? ""] ?? []).concat(left.some((text) => /^\s*:/.test(text)) ? fields : []),
    ),
    isOnFaultyLine: faultyLines(sources, faults),
    frequency: (word) => count().get(word) ?? 0,
  };
}

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];

const fields = ["field", "field of the state", "field of the list"];

/** What cannot be found if a line of the kind is left out. */
const nouns: { readonly [word: string]: readonly string[] } = {
  context: ["context", "type"],
  aggregate: ["type"],
  value: ["type"],
  choice: ["type"],
  type: ["type"],
  command: ["command"],
  event: ["event"],
  list: ["list"],
  role: ["role"],
};

function faultyLines(sources: readonly SourceFile[], faults: readonly Diagnostic[]): (location: Location) => boolean {
  const lines = new Map(sources.map((source) => [source.file, source.lines]));
  const keyOf = ({ file, span }: Location) => {
    const known = lines.get(file);
    return known && `${String(lineAt(known, span.start))} ${file}`;
  };
  // A line that is only indented by the wrong character is read as it is meant.
  const faulty = new Set(faults.filter(({ code }) => code !== "tab-indentation").map(({ location }) => keyOf(location)));
  return (location) => faulty.size > 0 && faulty.has(keyOf(location));
}

/** Counted once, and only when somebody asks. */
function counter(sources: readonly SourceFile[]): () => ReadonlyMap<string, number> {
  let counts: Map<string, number> | undefined;
  return () => {
    if (counts !== undefined) return counts;
    counts = new Map();
    for (const { lines } of sources) for (const word of wordsOf(lines.text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
}
