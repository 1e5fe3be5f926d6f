import { nodeHost } from "../host/node-host.ts";
import type { Action } from "../output/plan.ts";
import type { Stale } from "../output/staleness.ts";
import { buildModel, isBlocked, type Build } from "./build-model.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate, type Located } from "./locate.ts";
import { tellRefusal } from "./refusal.ts";
import { countsInWords, isChange, tellBuild } from "./tell-build.ts";
import type { Terminal } from "./terminal.ts";

/** Generates the application; with `--check` and `--dry-run`, says what would be generated. */
export async function runBuild({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);
  if (options.check === true) return checkFiles(found, options.json === true, terminal);
  if (options.watch === true) return (await import("./follow.ts")).followBuilds(found, terminal);

  const began = performance.now();
  const dry = options.dryRun === true;
  const build = await buildModel(nodeHost, found, { dry });
  if (options.json === true) return printJson(build, began, terminal);
  const code = await tellBuild(build, terminal);
  if (code !== exitCode.fine) return code;
  if (dry) printPlan(build, terminal);
  else terminal.print(`${terminal.paint.green("✓")} ${countsInWords(build)}, ${Math.round(performance.now() - began)} ms`);
  return code;
}

const verbs: { readonly [Kind in Action["kind"]]: string } = {
  create: "create",
  update: "update",
  keep: "keep",
  remove: "remove",
  leave: "leave",
  blocked: "blocked",
  merge: "merge",
  unchanged: "keep",
  refused: "refused",
};

function printPlan(build: Build, { print, paint }: Terminal): void {
  if (build.kind !== "planned") return print("Nothing to do: all files match the model.");
  for (const { kind, path } of build.plan)
    print(isChange(kind) ? `${paint.bold(verbs[kind])}  ${path}` : paint.dim(`${verbs[kind]}    ${path}`));
  print("Nothing was written.");
}

/** For CI: whether the files on the disk are those of the model, to the byte. */
async function checkFiles(found: Located, inJson: boolean, terminal: Terminal): Promise<ExitCode> {
  const build = await buildModel(nodeHost, found, { dry: true });
  const { paint, paintTold } = terminal;
  const stale = build.kind === "planned" ? (await import("../output/staleness.ts")).staleFiles(build.plan) : [];
  if (inJson) return printStaleness(build, stale, terminal);
  if (build.kind === "refused") return tellBuild(build, terminal);
  if (stale.length === 0) {
    terminal.print(`${paint.green("✓")} All generated files match the model.`);
    return exitCode.fine;
  }
  for (const { path, reason } of stale) terminal.tell(`${paintTold.red("stale")}  ${path}: ${reason}`);
  terminal.tell(`\nRun wkgen build to bring ${stale.length === 1 ? "it" : "them"} up to date.`);
  return exitCode.failed;
}

/** `{ result: "up to date" | "stale" | "refused", stale: [{ path, reason }], diagnostics }` */
async function printStaleness(build: Build, stale: readonly Stale[], { print }: Terminal): Promise<ExitCode> {
  const result = build.kind === "refused" ? "refused" : stale.length > 0 ? "stale" : "up to date";
  print(JSON.stringify({ result, stale, diagnostics: await diagnosticsOf(build) }, null, 2));
  return result === "up to date" ? exitCode.fine : exitCode.failed;
}

/** `{ result, files: [{ path, action }], diagnostics, milliseconds }` */
async function printJson(build: Build, began: number, { print }: Terminal): Promise<ExitCode> {
  const diagnostics = await diagnosticsOf(build);
  const files = build.kind === "planned" ? build.plan.map(({ kind, path }) => ({ path, action: kind })) : [];
  print(JSON.stringify({ result: build.kind, files, diagnostics, milliseconds: Math.round(performance.now() - began) }, null, 2));
  return build.kind === "refused" || (build.kind === "planned" && isBlocked(build.plan)) ? exitCode.failed : exitCode.fine;
}

async function diagnosticsOf(build: Build): Promise<readonly object[]> {
  if (build.kind === "up to date") return [];
  const [{ inJson }, { sourcesOf }] = await Promise.all([import("../diagnostics/render/json.ts"), import("../diagnostics/sources.ts")]);
  return inJson(build.compiled.diagnostics, sourcesOf(build.compiled.texts));
}
