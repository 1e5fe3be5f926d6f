import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { sourcesOf, type Sources } from "../diagnostics/sources.ts";
import { analyse, type Analysed } from "../compile.ts";
import { nodeHost } from "../host/node-host.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate } from "./locate.ts";
import { tellRefusal } from "./refusal.ts";
import type { Terminal } from "./terminal.ts";

/** Everything that is wrong with the model. With `--fix`, what is sure is mended first. */
export async function runCheck({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);

  const first = analyse(nodeHost, found.files);
  const analysed = options.fix === true && (await mend(first, terminal)) ? analyse(nodeHost, found.files) : first;
  const format = options.json === true ? "json" : String(options.format ?? "text");
  await print(analysed, format as Format, terminal);
  return analysed.diagnostics.some(({ severity }) => severity === "error") ? exitCode.failed : exitCode.fine;
}

type Format = keyof typeof formats;

const formats: {
  readonly [name in "text" | "json" | "github" | "sarif"]: (
    diagnostics: readonly Diagnostic[],
    sources: Sources,
    colour: boolean,
  ) => Promise<string>;
} = {
  text: async (diagnostics, sources, colour) =>
    (await import("../diagnostics/render/text.ts")).renderText(diagnostics, sources, { colour }),
  json: async (diagnostics, sources) => (await import("../diagnostics/render/json.ts")).renderJson(diagnostics, sources),
  github: async (diagnostics, sources) => (await import("../diagnostics/render/github.ts")).renderGithub(diagnostics, sources),
  sarif: async (diagnostics, sources) => (await import("../diagnostics/render/sarif.ts")).renderSarif(diagnostics, sources),
};

async function print({ diagnostics, texts }: Analysed, format: Format, { print, paint, colours }: Terminal): Promise<void> {
  if (format === "text" && diagnostics.length === 0) return print(`${paint.green("✓")} Nothing is wrong with the model.`);
  const text = await formats[format](diagnostics, sourcesOf(texts), colours.printed);
  if (text.trimEnd() !== "") print(text.trimEnd());
}

/** Makes the safe fixes, and shows each. Whether there were any. */
async function mend({ diagnostics, texts }: Analysed, { print, paint }: Terminal): Promise<boolean> {
  const { applyFixes } = await import("../diagnostics/apply-fixes.ts");
  let count = 0;
  for (const [file, before] of texts) {
    const { text, made } = applyFixes(
      before,
      diagnostics.filter(({ location }) => location.file === file),
    );
    if (text === before) continue;
    nodeHost.write(file, text);
    for (const { message } of made) print(`${paint.green("mended")}  ${file}: ${message}`);
    count += made.length;
  }
  return count > 0;
}
