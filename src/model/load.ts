import { posix } from "node:path";
import type { Document } from "../../grammar/ast.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts";
import type { Host } from "../host/host.ts";

export interface Loaded<Parsed> {
  /** In the order of their names. */
  readonly files: readonly { readonly file: string; readonly text: string; readonly parsed: Parsed }[];
  /** What is imported and not there, and what cannot be read as text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the files of a model and those that they import, each once. A file that is gone by now is an empty one. */
export function load<Parsed extends { readonly document: Document }>(
  host: Host,
  files: readonly string[],
  parse: (text: string) => Parsed,
): Loaded<Parsed> {
  const loaded = new Map<string, { readonly file: string; readonly text: string; readonly parsed: Parsed }>();
  const diagnostics: Diagnostic[] = [];
  const waiting = files.map((file) => ({ file, text: host.read(file) ?? "" }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { file, text } = next;
    if (loaded.has(posix.resolve(file))) continue;
    diagnostics.push(...[damageIn(file, text) ?? []].flat());
    const parsed = parse(text);
    loaded.set(posix.resolve(file), { file, text, parsed });
    for (const declaration of parsed.document.declarations) {
      if (declaration.kind !== "import") continue;
      const path = posix.join(posix.dirname(file), declaration.path.value);
      const imported = host.read(path);
      if (imported !== undefined) waiting.push({ file: path, text: imported });
      else diagnostics.push(diagnostic("import-missing", { file, span: declaration.path.span }, { path: declaration.path.value }));
    }
  }
  return { files: [...loaded.values()].sort((a, b) => (a.file < b.file ? -1 : 1)), diagnostics };
}

/** Bytes that are not UTF-8 become this character when they are read; texts of two bytes a letter are full of zeros. */
const damage = /[\ufffd\0]/;

/** What there is to say about a file that cannot be read as text; it must not be written to, for what stood there would be lost. */
export function damageIn(file: string, text: string): Diagnostic | undefined {
  const start = text.search(damage);
  if (start === -1) return undefined;
  return diagnostic("wrong-encoding", { file, span: { start, end: start + 1 } }, { isWide: text.includes("\0") });
}
