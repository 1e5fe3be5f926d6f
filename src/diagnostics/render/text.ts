import { codeFrame } from "../code-frame.ts";
import type { Diagnostic, Location } from "../diagnostic.ts";
import type { Severity } from "../entry.ts";
import { counted } from "../phrases.ts";
import { positionAt } from "../position.ts";
import type { Sources } from "../sources.ts";

export interface TextOptions {
  readonly colour: boolean;
}

/** For people: each finding with its place, the line it is about, and what to do; how many there are below. */
export function renderText(diagnostics: readonly Diagnostic[], sources: Sources, { colour }: TextOptions): string {
  if (diagnostics.length === 0) return "";
  const paint = colour ? coloured : plain;
  const findings = diagnostics.map((diagnostic) => renderOne(diagnostic, sources, paint));
  return `${findings.join("\n\n")}\n\n${summary(diagnostics)}\n`;
}

function renderOne({ code, severity, location, message, help, related }: Diagnostic, sources: Sources, paint: Paint): string {
  const parts = [
    `${paint.bold(place(location, sources))} ${paint[severity](severity)} ${paint.dim(code)}`,
    `  ${message}`,
    frame(location, sources, paint, severity),
    ...(help === undefined ? [] : [`  ${help}`]),
    ...(related === undefined
      ? []
      : [`  ${related.label} ${paint.bold(place(related.location, sources))}`, frame(related.location, sources, paint, "question")]),
  ];
  return parts.join("\n");
}

/** `chat.domain:14:15`, which terminals and editors turn into a link. */
function place({ file, span }: Location, sources: Sources): string {
  const { line, column } = positionAt(sources.linesOf(file), span.start);
  return `${file}:${line}:${column}`;
}

function frame({ file, span }: Location, sources: Sources, paint: Paint, severity: Severity): string {
  const text = codeFrame(sources.linesOf(file), span, { gutter: paint.dim, marker: paint[severity] });
  return text.replaceAll(/^/gm, "    ");
}

function summary(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return [
    { count: count("error"), noun: "error" },
    { count: count("warning"), noun: "warning" },
    { count: count("question"), noun: "open question" },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, noun }) => counted(count, noun))
    .join(", ");
}

type Paint = { readonly [style in Severity | "bold" | "dim"]: (text: string) => string };

const asIs = (text: string) => text;

const plain: Paint = { error: asIs, warning: asIs, question: asIs, bold: asIs, dim: asIs };

const coloured: Paint = { error: sgr(31, 39), warning: sgr(33, 39), question: sgr(35, 39), bold: sgr(1, 22), dim: sgr(2, 22) };

/** An escape sequence of ECMA-48, "select graphic rendition". Whether the terminal knows it is the caller's decision. */
function sgr(on: number, off: number): (text: string) => string {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}
