import { applyFixes, type Fixing } from "./apply-fixes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { lineAt, linesOf } from "./position.ts";

/** One fix that was made: the lines that it changed, as they were and as they are. */
export interface Mended {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Found {
  readonly texts: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** More than any text needs: two fixes that undo each other end here. */
const mostRounds = 20;

/** Makes fixes until nothing more can be mended: one often brings the next to light. `look` analyses texts that have changed. */
export function mend<Analysed extends Found>(
  first: Analysed,
  look: (changed: ReadonlyMap<string, string>) => Analysed,
  fixing: Fixing,
): { readonly analysed: Analysed; readonly mended: readonly Mended[] } {
  let analysed = first;
  const mended: Mended[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const changed = new Map<string, string>();
    for (const [file, text] of analysed.texts) {
      const fixed = applyFixes(
        text,
        analysed.diagnostics.filter(({ location }) => location.file === file),
        fixing,
      );
      if (fixed.text === text) continue;
      changed.set(file, fixed.text);
      mended.push(...fixed.made.map((diagnostic) => shown(diagnostic, text)));
    }
    if (changed.size === 0) break;
    analysed = look(changed);
  }
  return { analysed, mended };
}

function shown({ location: { file }, message, fix }: Diagnostic, text: string): Mended {
  const { span, text: put } = fix ?? { span: { start: 0, end: 0 }, text: "" };
  const lines = linesOf(text);
  const line = lineAt(lines, span.start);
  const from = lines.starts[line - 1] ?? 0;
  const to = lines.starts[lineAt(lines, span.end)] ?? text.length;
  const asLines = (part: string) => part.trimEnd().split(/\r\n|\n|\r/);
  return {
    file,
    line,
    message,
    before: asLines(text.slice(from, to)),
    after: asLines(text.slice(from, span.start) + put + text.slice(span.end, to)),
  };
}
