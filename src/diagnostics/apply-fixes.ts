import type { Diagnostic, Fix } from "./diagnostic.ts";

/** A file's text with its safe fixes made. Of two that overlap only the first is: the next run offers the other one again. */
export function applyFixes(
  text: string,
  diagnostics: readonly Diagnostic[],
): { readonly text: string; readonly made: readonly Diagnostic[] } {
  const made: Diagnostic[] = [];
  const pieces: string[] = [];
  let done = 0;
  for (const { fix, diagnostic } of safeFixes(diagnostics)) {
    if (fix.span.start < done) continue;
    pieces.push(text.slice(done, fix.span.start), fix.text);
    done = fix.span.end;
    made.push(diagnostic);
  }
  return { text: pieces.join("") + text.slice(done), made };
}

function safeFixes(diagnostics: readonly Diagnostic[]): readonly { readonly fix: Fix; readonly diagnostic: Diagnostic }[] {
  return diagnostics
    .flatMap((diagnostic) => (diagnostic.fix?.safe === true ? [{ fix: diagnostic.fix, diagnostic }] : []))
    .sort((a, b) => a.fix.span.start - b.fix.span.start || a.fix.span.end - b.fix.span.end);
}
