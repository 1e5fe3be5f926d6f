import { describe, expect, test } from "vitest";
import { codeFrame } from "../../../src/diagnostics/code-frame.ts";
import { linesOf, positionAt } from "../../../src/diagnostics/position.ts";

/** The place between the two marks, the marks taken out. */
function marked(text: string): { readonly position: string; readonly frame: string } {
  const start = text.indexOf("«");
  const end = text.indexOf("»") - 1;
  const lines = linesOf(text.replace(/[«»]/g, ""));
  const { line, column } = positionAt(lines, start);
  return { position: `${String(line)}:${String(column)}`, frame: codeFrame(lines, { start, end }) };
}

const cases: readonly (readonly [what: string, text: string, position: string, frame: string])[] = [
  [
    "a word with a line before it",
    "command like\n  publish «likd» with likes\nnext",
    "2:11",
    "1 | command like\n2 |   publish likd with likes\n  |           ^^^^",
  ],
  ["the first line", "«domian» chat\n", "1:1", "1 | domian chat\n  | ^^^^^^"],
  ["the last line, without an end", "a\nb «c»", "2:3", "1 | a\n2 | b c\n  |   ^"],
  ["the end of a line", "when «»\nx", "1:6", "1 | when\n  |      ^"],
  ["the end of the file", "domain chat\n«»", "2:1", "1 | domain chat\n2 |\n  | ^"],
  ["an empty file", "«»", "1:1", "1 |\n  | ^"],
  ["a tab before it", "\tset «x»", "1:6", "1 |     set x\n  |         ^"],
  ["a tab in it", "a «\t»b", "1:3", "1 | a     b\n  |   ^^^^"],
  ["an emoji before it", '"🎉" «x»', "1:6", '1 | "🎉" x\n  |      ^'],
  ["a family before it", '"👩‍👩‍👧" «x»', "1:12", '1 | "👩‍👩‍👧" x\n  |      ^'],
  ["wide letters before it", '"漢字" «x»', "1:6", '1 | "漢字" x\n  |        ^'],
  ["an accent made of two characters", '"e\u0301" «x»', "1:6", '1 | "e\u0301" x\n  |     ^'],
  ["CRLF", "a\r\n«b» c\r\nd", "2:1", "1 | a\n2 | b c\n  | ^"],
  ["CR", "a\r«b»", "2:1", "1 | a\n2 | b\n  | ^"],
  ["several lines", "a «b\nc» d", "1:3", "1 | a b\n  |   ^"],
  ["a blank line above", "a\n\n«b»", "3:1", "3 | b\n  | ^"],
  ["numbers of two digits", `${"x\n".repeat(9)}«y»`, "10:1", " 9 | x\n10 | y\n   | ^"],
];

describe("the frame of", () => {
  test.each(cases)("%s", (_what, text, position, frame) => {
    expect(marked(text)).toEqual({ position, frame });
  });
});
