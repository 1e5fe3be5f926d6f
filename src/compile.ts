import { posix } from "node:path";
import { type Parsed, parse } from "../grammar/parse.ts";
import { check } from "./checker/check.ts";
import { settingsIn } from "./checker/settings.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { diagnosticOfFault } from "./diagnostics/fault.ts";
import { linesOf } from "./diagnostics/position.ts";
import type { EmittedFile } from "./emitters/emitted-file.ts";
import type { Host } from "./host/host.ts";
import { load, type Loaded } from "./model/load.ts";
import { buildDomain } from "./model/build/domain.ts";
import type { Domain } from "./model/domain.ts";
import { findings } from "./model/findings.ts";
import type { SourceFile } from "./model/source-file.ts";
import { unreadIn } from "./model/unread.ts";

/** What became of a model: its texts, all that there is to say about it, and, where nothing is wrong, the files of the application. */
export interface Compiled {
  /** The domain's name. */
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What was read, imports included, by file. */
  readonly texts: ReadonlyMap<string, string>;
  /** Absent where the model has errors. */
  readonly files?: readonly EmittedFile[];
}

/** The whole compiler: load → parse → build → check → emit. Nothing is written. At least one file is given. The emitters are loaded only where they are needed. */
export async function compile(host: Host, files: readonly string[]): Promise<Compiled> {
  const { domain, diagnostics, texts } = analyse(host, files);
  if (diagnostics.some(({ severity }) => severity === "error")) return { name: domain.name, diagnostics, texts };
  const { emit } = await import("./emitters/emit.ts");
  return { name: domain.name, diagnostics, texts, files: emit(domain) };
}

export interface Analysed {
  /** Without errors, complete; with errors, what is left when everything wrong is taken out. */
  readonly domain: Domain;
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: ReadonlyMap<string, string>;
}

/** All but emitting: what `check` and an editor need. */
export function analyse(host: Host, files: readonly string[]): Analysed {
  const loaded = load(host, files, parse);
  const sources = loaded.files.map(sourceOf);
  const [first, ...others] = sources;
  if (first === undefined) throw new Error("There is nothing to compile.");
  const faults = loaded.files.flatMap(({ file, parsed }) => parsed.faults.map((fault) => diagnosticOfFault(fault, file)));
  const found = findings(unreadIn(sources, faults));
  const domain = buildDomain([first, ...others], found);
  const texts = new Map(loaded.files.map(({ file, text }) => [file, text]));
  // What else is said about such a file would speak of words that nobody wrote.
  const damaged = loaded.diagnostics.filter(({ code }) => code === "wrong-encoding");
  if (damaged.length > 0) return { domain, diagnostics: damaged, texts };
  const settings = settingsIn(host, posix.dirname(files[0] ?? first.file));
  const diagnostics = check(domain, [...loaded.diagnostics, ...faults, ...found.all()], sources, settings);
  return { domain, diagnostics, texts: new Map([...texts, ...settings.texts]) };
}

const sourceOf = ({ file, text, parsed }: Loaded<Parsed>["files"][number]): SourceFile => ({
  file,
  lines: linesOf(text),
  document: parsed.document,
});
