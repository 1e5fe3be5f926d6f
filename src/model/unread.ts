import type { Diagnostic, Location } from "../diagnostics/diagnostic.ts";
import { lineAt, lineText } from "../diagnostics/position.ts";
import type { SourceFile } from "./source-file.ts";

/** What is known of the lines that could not be read as they stand, and of the words of all others. */
export interface Unread {
  /** The words of the lines that were left out or have faults in them. A name among them may have been declared there. */
  readonly words: ReadonlySet<string>;
  /** What is declared in a line that was left out because it has no name. */
  readonly nameless: ReadonlySet<string>;
  /** Whether a line has been complained about already. */
  isOnFaultyLine(location: Location): boolean;
  /** Whether one of the lines that a place runs over has. */
  hasFaultyLine(location: Location): boolean;
  /** How often a word is written anywhere in the model, descriptions included. */
  frequency(word: string): number;
}

export function unreadIn(sources: readonly SourceFile[], faults: readonly Diagnostic[]): Unread {
  const left = sources.flatMap(({ lines, document }) => document.unread.map(({ start, end }) => lines.text.slice(start, end)));
  const count = counter(sources);
  return {
    words: new Set([...left, ...textsOfLines(sources, faults)].flatMap(wordsOf)),
    nameless: new Set(
      left.flatMap((text) => nouns[text.trim().split(/\s/)[0] ?? ""] ?? []).concat(left.some((text) => /^\s*:/.test(text)) ? fields : []),
    ),
    ...faultyLines(sources, faults),
    frequency: (word) => count().get(word) ?? 0,
  };
}

/** The lines with faults in them that could be read nevertheless, perhaps as something else than they were meant to be. */
function textsOfLines(sources: readonly SourceFile[], faults: readonly Diagnostic[]): readonly string[] {
  const lines = new Map(sources.map((source) => [source.file, source.lines]));
  return faults.map(({ location: { file, span } }) => {
    const known = lines.get(file);
    return (known && lineText(known, lineAt(known, span.start))) ?? "";
  });
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

function faultyLines(sources: readonly SourceFile[], faults: readonly Diagnostic[]): Pick<Unread, "isOnFaultyLine" | "hasFaultyLine"> {
  const files = new Map(
    sources.map((source) => [source.file, { lines: source.lines, faulty: new Set([...leftOut(source), ...shadowed(source)]) }]),
  );
  for (const { code, location } of faults) {
    const file = files.get(location.file);
    // A line that is only indented by the wrong character is read as it is meant.
    if (file !== undefined && code !== "tab-indentation") file.faulty.add(lineAt(file.lines, location.span.start));
  }
  const isBetween = (file: string, start: number, end: number) => {
    const known = files.get(file);
    if (known === undefined || known.faulty.size === 0) return false;
    const last = lineAt(known.lines, end);
    for (let line = lineAt(known.lines, start); line <= last; line++) if (known.faulty.has(line)) return true;
    return false;
  };
  return {
    isOnFaultyLine: ({ file, span }) => isBetween(file, span.start, span.start),
    hasFaultyLine: ({ file, span }) => isBetween(file, span.start, span.end),
  };
}

const leftOut = ({ lines, document }: SourceFile): readonly number[] => document.unread.map(({ start }) => lineAt(lines, start));

/** The lines below a line that was left out belong to it, and were read as if they belonged to another one. */
function* shadowed({ lines, document }: SourceFile): Iterable<number> {
  let reached = 0;
  for (const { start } of document.unread) {
    const first = lineAt(lines, start);
    for (let line = Math.max(first, reached) + 1; isBelow(lineText(lines, line), indentationOf(lineText(lines, first) ?? "")); line++) {
      reached = line;
      yield line;
    }
  }
}

const indentationOf = (text: string) => text.length - text.trimStart().length;

const isBelow = (text: string | undefined, indentation: number) =>
  text !== undefined && (text.trim() === "" || indentationOf(text) > indentation);

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
