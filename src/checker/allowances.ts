import type { Comment } from "../../grammar/ast.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts";
import { isCode } from "../diagnostics/explain.ts";
import { lineAt } from "../diagnostics/position.ts";
import type { SourceFile } from "../model/source-file.ts";

interface Commented {
  readonly source: SourceFile;
  readonly comments: ReadonlyMap<number, Comment>;
}

interface Allowance {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly comment: Comment;
}

/** Leaves out what is switched off on its line by `# wkgen-allow CODE`, and tells of switches that switch nothing off. */
export function allow(warnings: readonly Diagnostic[], commented: readonly Commented[]): readonly Diagnostic[] {
  const allowances = commented.flatMap(allowancesIn);
  if (allowances.length === 0) return warnings;
  const lines = new Map(commented.map(({ source }) => [source.file, source.lines]));
  const keyOf = (code: string, file: string, line: number) => `${code} ${String(line)} ${file}`;
  const switches = new Set(allowances.map(({ code, file, line }) => keyOf(code, file, line)));
  const used = new Set<string>();
  const left = warnings.filter(({ code, location }) => {
    const known = lines.get(location.file);
    const key = known && keyOf(code, location.file, lineAt(known, location.span.start));
    if (key === undefined || !switches.has(key)) return true;
    used.add(key);
    return false;
  });
  const needless = allowances.filter(({ code, file, line }) => !used.has(keyOf(code, file, line)));
  return [
    ...left,
    ...needless.map(({ code, file, comment }) =>
      diagnostic("needless-allowance", { file, span: comment.span }, { code, known: isCode(code) }),
    ),
  ];
}

function allowancesIn({ source, comments }: Commented): readonly Allowance[] {
  return [...comments].flatMap(([line, comment]) => {
    const codes = /^\s*wkgen-allow\s+(.+)$/.exec(comment.text)?.[1]?.split(/[\s,]+/) ?? [];
    return codes.filter((code) => code !== "").map((code) => ({ code, file: source.file, line, comment }));
  });
}
