import type { Mended } from "../diagnostics/mend.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { counted } from "../diagnostics/phrases.ts";
import { sourcesOf, type Sources } from "../diagnostics/sources.ts";
import { analyse, type Analysed } from "../compile.ts";
import { nodeHost } from "../host/node-host.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate } from "./locate.ts";
import { tellRefusal } from "./refusal.ts";
import type { Terminal } from "./terminal.ts";

/** Everything that is wrong with the model. With `--fix`, what is sure is mended first; with `--unsafe`, what can be guessed, too. */
export async function runCheck({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);

  const format = (options.json === true ? "json" : String(options.format ?? "text")) as Format;
  const look = () => analyse(nodeHost, found.files);
  const unsafe = options.unsafe === true;
  const analysed = options.fix === true || unsafe ? await mendFiles(look, { unsafe, format }, terminal) : look();
  await print(analysed, format, terminal);
  return analysed.diagnostics.some(({ severity }) => severity === "error") ? exitCode.failed : exitCode.fine;
}

type Format = keyof typeof formats;

const formats: {
  readonly [name in "text" | "json" | "github" | "sarif" | "junit"]: (
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
  junit: async (diagnostics, sources) => (await import("../diagnostics/render/junit.ts")).renderJunit(diagnostics, sources),
};

async function print({ diagnostics, texts }: Analysed, format: Format, { print, paint, colours }: Terminal): Promise<void> {
  if (format === "text" && diagnostics.length === 0) return print(`${paint.green("✓")} Nothing is wrong with the model.`);
  const text = await formats[format](diagnostics, sourcesOf(texts), colours.printed);
  if (text.trimEnd() !== "") print(text.trimEnd());
  if (format === "text") for (const line of offers(diagnostics)) print(line);
}

/** What `--fix` could do about it. */
function offers(diagnostics: readonly Diagnostic[]): readonly string[] {
  const count = (safe: boolean) => diagnostics.filter(({ fix }) => fix?.safe === safe).length;
  const [sure, guessed] = [count(true), count(false)];
  return [
    ...(sure > 0 ? [`${counted(sure, "finding")} can be mended: wkgen check --fix`] : []),
    ...(guessed > 0 ? [`${counted(guessed, "finding")} can be mended by a guess: wkgen check --fix --unsafe`] : []),
  ];
}

/** Makes the fixes on the disk, and shows each; machines read their format alone, so that it is told beside it. */
async function mendFiles(
  look: () => Analysed,
  { unsafe, format }: { unsafe: boolean; format: Format },
  terminal: Terminal,
): Promise<Analysed> {
  const { mend } = await import("../diagnostics/mend.ts");
  const writeAndLook = (changed: ReadonlyMap<string, string>) => {
    for (const [file, text] of changed) nodeHost.write(file, text);
    return look();
  };
  const { analysed, mended } = mend(look(), writeAndLook, { unsafe });
  const [say, paint] = format === "text" ? [terminal.print, terminal.paint] : [terminal.tell, terminal.paintTold];
  for (const one of mended) say(inWords(one, paint));
  return analysed;
}

function inWords({ file, line, message, before, after }: Mended, paint: Terminal["paint"]): string {
  return [
    `${paint.green("mended")}  ${file}:${String(line)}: ${message}`,
    ...before.map((text) => paint.red(`  - ${text}`)),
    ...after.map((text) => paint.green(`  + ${text}`)),
  ].join("\n");
}
