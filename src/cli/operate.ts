import { spawn, spawnSync } from "node:child_process";
import { nodeHost } from "../host/node-host.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Invocation, Run } from "./invocation.ts";
import { locate, type Located } from "./locate.ts";
import { nodeOptions } from "./node-options.ts";
import { tellRefusal } from "./refusal.ts";
import { handedOn } from "./server-arguments.ts";
import { resolve } from "node:path";

/** In a process of its own, whose folder is the application's: there it finds the runtime that the application runs on. */
const script = `
  import { operate } from "@wkgen/runtime/operate";
  process.stdout.on("error", () => process.exit(0));
  process.exitCode = await operate(process.argv.slice(1), {
    print: (line) => process.stdout.write(line + "\\n"),
    tell: (line) => process.stderr.write(line + "\\n"),
  });`;

export const runEvents: Run = async ({ args: [path], ...invocation }) => {
  const known = invocation.options["name"] === undefined ? [] : await eventsOfModel(path);
  return operate(["events"], path, { ...invocation, options: { ...invocation.options, known } });
};

/** The full names of the events that the model has, former ones as well: a log may know fewer, and older ones. */
async function eventsOfModel(path: string | undefined): Promise<readonly string[]> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return [];
  const { analyse } = await import("../compile.ts");
  return analyse(nodeHost, found.files).domain.contexts.flatMap((context) =>
    context.aggregates.flatMap((aggregate) =>
      aggregate.events.flatMap(({ name, was = [] }) => [name, ...was].map((called) => `${context.name}.${aggregate.name}.${called}`)),
    ),
  );
}

export const runBackup: Run = ({ args: [file = "", path], ...invocation }) => operate(["backup", resolve(file)], path, invocation);

export const runRestore: Run = ({ args: [file = "", path], ...invocation }) => operate(["restore", resolve(file)], path, invocation);

async function operate(
  command: readonly string[],
  path: string | undefined,
  { options, terminal }: Omit<Invocation, "args">,
): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);
  const child = spawn(process.execPath, argumentsFor(found, command, options), { cwd: found.folder, stdio: "inherit" });
  // Ctrl-C reaches both; what it prints ends there, and then we do.
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  const code = await new Promise<number>((done) => child.on("error", () => done(1)).on("exit", (ended) => done(ended ?? 0)));
  process.off("SIGINT", ignore);
  return code === exitCode.fine || code === exitCode.misused ? code : exitCode.failed;
}

/** How many commands of flows are parked; undefined where that cannot be found out. */
export function countParked(found: Located): number | undefined {
  const { status, stdout } = spawnSync(process.execPath, argumentsFor(found, ["parked"], {}), { cwd: found.folder, encoding: "utf8" });
  return status === 0 ? stdout.split("\n").filter(Boolean).length : undefined;
}

function argumentsFor(found: Located, command: readonly string[], options: Invocation["options"]): string[] {
  const given = Object.entries({
    ...options,
    store: options["store"] ?? storeOf(found),
    data: options["data"] ?? process.env["WKGEN_DATA"],
  });
  const flags = given.flatMap(([name, value]) => (name === "color" ? [] : handedOn(name, value || undefined)));
  return [...nodeOptions(), "--input-type=module", "--eval", script, "--", ...command, ...flags];
}

/** Where the application has its log, if nothing else is said. */
function storeOf({ files }: Located): string {
  const name = files.map((file) => /^domain[ \t]+([^\s#"]+)/m.exec(nodeHost.read(file) ?? "")?.[1]).find((found) => found !== undefined);
  return process.env["WKGEN_STORE"] || `sqlite:data/${name ?? "application"}.db`;
}
