/** A place as editors take it: line and column from 1, columns in UTF-16 units (a tab is one, most emoji are two). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of one text begin, found once. */
export interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
}

/** A line ends with LF, CRLF or CR. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (const { index, 0: ending } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + ending.length);
  return { text, starts };
}

/** The line that an offset is on, counted from 1. */
export function lineAt({ starts }: Lines, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

export function positionAt(lines: Lines, offset: number): Position {
  const line = lineAt(lines, offset);
  return { line, column: offset - (lines.starts[line - 1] ?? 0) + 1 };
}

/** A line's text without what ends it; undefined where there is no such line. */
export function lineText({ text, starts }: Lines, line: number): string | undefined {
  const start = starts[line - 1];
  return start === undefined ? undefined : text.slice(start, starts[line] ?? text.length).replace(/[\r\n]+$/, "");
}

/** How many columns of a terminal a text takes. Tabs have been replaced before. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  // Made here, for the few lines that need it: making it takes longer than checking a small model.
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
  return [...graphemes.segment(text)].reduce((width, { segment }) => width + (isWide(segment) ? 2 : 1), 0);
}

/** East Asian wide characters and pictures. */
function isWide(character: string): boolean {
  return /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\ufe0f|[\uff01-\uff60]/u.test(
    character,
  );
}
