import { type Diagnostic, type Location } from "../diagnostics/diagnostic.ts";
import { lineAt } from "../diagnostics/position.ts";
import type { Unread } from "./findings.ts";
import type { SourceFile } from "./source-file.ts";

/** What the faults of reading mean for everything that comes after. */
export function unreadIn(sources: readonly SourceFile[], faults: readonly Diagnostic[]): Unread {
  const lines = new Map(sources.map((source) => [source.file, source.lines]));
  const keyOf = ({ file, span }: Location) => {
    const known = lines.get(file);
    return known && `${String(lineAt(known, span.start))} ${file}`;
  };
  // A line that is only indented by the wrong character is read as it is meant.
  const faulty = new Set(faults.filter(({ code }) => code !== "tab-indentation").map(({ location }) => keyOf(location)));
  return {
    words: wordsNotRead(sources),
    isOnFaultyLine: (location) => faulty.size > 0 && faulty.has(keyOf(location)),
  };
}

function wordsNotRead(sources: readonly SourceFile[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { lines, document } of sources) {
    for (const { start, end } of document.unread) {
      for (const word of lines.text.slice(start, end).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) words.add(word);
    }
  }
  return words;
}
