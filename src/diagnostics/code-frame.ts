import { lineAt, type Lines, lineText, widthOf } from "./position.ts";
import type { Span } from "../../grammar/ast.ts";

export interface FramePaint {
  gutter(text: string): string;
  marker(text: string): string;
}

const plain: FramePaint = { gutter: (text) => text, marker: (text) => text };

/**
 * The lines around a place, the place underlined. What runs over several lines is underlined to the end of its first line; a place at the end of
 * a line, or of the file, gets one marker behind the last character.
 *
 *     13 |     command like
 *     14 |       publish likd with likes = likes + 1
 *        |               ^^^^
 */
export function codeFrame(lines: Lines, span: Span, paint: FramePaint = plain): string {
  const line = lineAt(lines, span.start);
  const numberWidth = String(line).length;
  const shown = [line - 1, line].filter((number) => number === line || isWorthShowing(lines, number));

  const texts = shown.map((number) =>
    `${paint.gutter(`${String(number).padStart(numberWidth)} |`)} ${untabbed(lineText(lines, number) ?? "")}`.trimEnd(),
  );
  return [...texts, `${paint.gutter(`${" ".repeat(numberWidth)} |`)} ${underline(lines, line, span, paint)}`].join("\n");
}

const isWorthShowing = (lines: Lines, number: number) => (lineText(lines, number) ?? "").trim() !== "";

function underline(lines: Lines, line: number, span: Span, paint: FramePaint): string {
  const start = lines.starts[line - 1] ?? 0;
  const text = lineText(lines, line) ?? "";
  const from = Math.min(span.start - start, text.length);
  const to = Math.min(Math.max(span.end - start, from), text.length);
  const before = widthOf(untabbed(text.slice(0, from)));
  return " ".repeat(before) + paint.marker("^".repeat(Math.max(1, widthOf(untabbed(text.slice(from, to))))));
}

/** A tab takes four columns, wherever it stands: simple, and the same above and below. What steers a terminal is only shown. */
const untabbed = (text: string) => text.replaceAll("\t", "    ").replaceAll(/[\0-\x1f\x7f-\x9f]/g, "\ufffd");
