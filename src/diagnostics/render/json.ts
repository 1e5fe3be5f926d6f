import type { Diagnostic, Location } from "../diagnostic.ts";
import { positionAt } from "../position.ts";
import type { Sources } from "../sources.ts";

/** For machines: `{ diagnostics: [{ code, severity, file, start: { line, column, offset }, end, message, help?, related?, fix? }] }`. */
export function renderJson(diagnostics: readonly Diagnostic[], sources: Sources): string {
  return `${JSON.stringify({ diagnostics: inJson(diagnostics, sources) }, null, 2)}\n`;
}

/** The list of them, for what says more than they do. */
export const inJson = (diagnostics: readonly Diagnostic[], sources: Sources): readonly object[] =>
  diagnostics.map((diagnostic) => shape(diagnostic, sources));

function shape({ code, severity, location, message, help, related, fix }: Diagnostic, sources: Sources): object {
  return {
    code,
    severity,
    ...place(location, sources),
    message,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined ? {} : { related: { ...place(related.location, sources), message: related.label } }),
    ...(fix === undefined ? {} : { fix: { ...place({ file: location.file, span: fix.span }, sources), text: fix.text, safe: fix.safe } }),
  };
}

function place({ file, span }: Location, sources: Sources): object {
  const lines = sources.linesOf(file);
  return {
    file,
    start: { ...positionAt(lines, span.start), offset: span.start },
    end: { ...positionAt(lines, span.end), offset: span.end },
  };
}
