import type { Diagnostic } from "../diagnostic.ts";
import { positionAt } from "../position.ts";
import type { Sources } from "../sources.ts";

/** JUnit's XML, which every CI shows: a suite for each file, with a case for each finding; errors are failures, advice passes with its text. */
export function renderJunit(diagnostics: readonly Diagnostic[], sources: Sources): string {
  const suites = sources.files.map((file) =>
    suiteOf(
      file,
      diagnostics.filter(({ location }) => location.file === file),
      sources,
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="wkgen check" ${countsOf(diagnostics, sources.files.length)}>`,
    ...suites,
    "</testsuites>\n",
  ].join("\n");
}

function suiteOf(file: string, found: readonly Diagnostic[], sources: Sources): string {
  const cases =
    found.length === 0
      ? [`    <testcase name="nothing is wrong" classname="${escaped(file)}" />`]
      : found.map((one) => caseOf(one, sources));
  return [`  <testsuite name="${escaped(file)}" ${countsOf(found, 1)}>`, ...cases, "  </testsuite>"].join("\n");
}

/** A file without findings counts as one case, which passes. */
function countsOf(found: readonly Diagnostic[], files: number): string {
  const concerned = new Set(found.map(({ location }) => location.file)).size;
  const failures = found.filter(({ severity }) => severity === "error").length;
  return `tests="${String(found.length + files - concerned)}" failures="${String(failures)}" errors="0"`;
}

function caseOf({ code, severity, location, message, help }: Diagnostic, sources: Sources): string {
  const { line, column } = positionAt(sources.linesOf(location.file), location.span.start);
  const place = `${location.file}:${String(line)}:${String(column)}`;
  const text = escaped([place, message, ...(help === undefined ? [] : [help])].join("\n"));
  const outcome =
    severity === "error" ? `<failure type="${code}" message="${escaped(message)}">${text}</failure>` : `<system-out>${text}</system-out>`;
  return `    <testcase name="${code} ${String(line)}:${String(column)}" classname="${escaped(location.file)}">${outcome}</testcase>`;
}

const entities: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Characters that XML cannot hold at all become the one that stands for such. */
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? "").replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");
