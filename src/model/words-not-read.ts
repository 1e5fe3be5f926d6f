import type { SourceFile } from "./source-file.ts";

/** The words of all lines that could not be read. What is not declared elsewhere may have been declared there. */
export function wordsNotRead(sources: readonly SourceFile[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { lines, document } of sources) {
    for (const { start, end } of document.unread) {
      for (const word of lines.text.slice(start, end).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) words.add(word);
    }
  }
  return words;
}
