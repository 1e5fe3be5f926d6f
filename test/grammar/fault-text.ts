import type { Span } from "../../grammar/ast.ts";
import type { Fault } from "../../grammar/faults.ts";

/** Each fault below its line, pointing at its place: code, facts, the place that explains, and what the line is after the fix. */
export function faultText(text: string, faults: readonly Fault[]): string {
  return faults.map((fault) => oneFault(text, fault)).join("\n");
}

function oneFault(text: string, { code, span, facts, related, fix }: Fault): string {
  const { number, line, column } = placeOf(text, span);
  const margin = `${number} | `;
  const width = Math.max(1, Math.min(span.end, span.start - column + line.length) - span.start);
  const told = Object.entries(facts).map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(" ") : JSON.stringify(value)}`);
  return [
    margin + visible(line),
    " ".repeat(margin.length + column) + "^".repeat(width),
    `    ${[code, ...told].join("\n      ")}`,
    ...(related ? [`      see line ${placeOf(text, related).number}`] : []),
    ...(fix ? fixedLines(text, fix.span, fix.text) : []),
    "",
  ].join("\n");
}

function fixedLines(text: string, span: Span, replacement: string) {
  const fixed = text.slice(0, span.start) + replacement + text.slice(span.end);
  const { number } = placeOf(text, span);
  const count = text.slice(span.start, span.end).split("\n").length;
  const lines = fixed.split(/\r\n|\n/).slice(number - 1, number - 1 + count);
  return lines.map((line) => `      fixed ${visible(line)}`);
}

function placeOf(text: string, { start }: Span) {
  const before = text.slice(0, start).split(/\r\n|\n|\r/);
  const column = before.at(-1)!.length;
  const line = text.slice(start - column).split(/[\r\n]/, 1)[0]!;
  return { number: before.length, line, column };
}

/** Spaces that nobody sees are shown. */
function visible(line: string) {
  return line.replaceAll("\t", "→").replaceAll("\u00a0", "⍽").trimEnd();
}
