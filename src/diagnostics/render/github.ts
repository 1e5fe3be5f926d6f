import type { Diagnostic } from "../diagnostic.ts";
import type { Severity } from "../entry.ts";
import { positionAt } from "../position.ts";
import type { Sources } from "../sources.ts";

const commands: { readonly [S in Severity]: string } = { error: "error", warning: "warning", question: "notice" };

/** Workflow commands of GitHub Actions, one a line, which annotate the lines of a pull request. */
export function renderGithub(diagnostics: readonly Diagnostic[], sources: Sources): string {
  return diagnostics.map((diagnostic) => `${annotation(diagnostic, sources)}\n`).join("");
}

function annotation({ code, severity, location, message, help }: Diagnostic, sources: Sources): string {
  const lines = sources.linesOf(location.file);
  const start = positionAt(lines, location.span.start);
  const end = positionAt(lines, location.span.end);
  const properties = {
    file: location.file,
    line: start.line,
    endLine: end.line,
    // GitHub refuses columns on what runs over several lines.
    ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
    title: code,
  };
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${listed.join(",")}::${escape(help === undefined ? message : `${message} ${help}`)}`;
}

const escape = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string) => escape(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
