import type { Diagnostic, Fix } from "./diagnostic.ts";

export interface Fixing {
  /** Whether guesses are made, too. */
  readonly unsafe?: boolean;
}

/** A file's text with its fixes made, the safe ones unless asked otherwise. Of two that overlap only the first is: the next round offers the other one again. */
export function applyFixes(
  text: string,
  diagnostics: readonly Diagnostic[],
  { unsafe = false }: Fixing = {},
): { readonly text: string; readonly made: readonly Diagnostic[] } {
  const made: Diagnostic[] = [];
  const pieces: string[] = [];
  let done = 0;
  for (const { fix, diagnostic } of fixesIn(diagnostics, unsafe)) {
    if (fix.span.start < done) continue;
    pieces.push(text.slice(done, fix.span.start), fix.text);
    done = fix.span.end;
    made.push(diagnostic);
  }
  return { text: pieces.join("") + text.slice(done), made };
}

function fixesIn(diagnostics: readonly Diagnostic[], unsafe: boolean): readonly { readonly fix: Fix; readonly diagnostic: Diagnostic }[] {
  return diagnostics
    .flatMap((diagnostic) => (diagnostic.fix !== undefined && (diagnostic.fix.safe || unsafe) ? [{ fix: diagnostic.fix, diagnostic }] : []))
    .sort((a, b) => a.fix.span.start - b.fix.span.start || a.fix.span.end - b.fix.span.end);
}
