import { nodeHost } from "../host/node-host.ts";
import { buildModel } from "./build-model.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Invocation } from "./invocation.ts";
import { locate } from "./locate.ts";
import { refusal, tellRefusal, type Refusal } from "./refusal.ts";
import { tellBuild } from "./tell-build.ts";
import { testModel, type Asked } from "./test-model.ts";

/** Builds, then plays the scenarios of the model on what was generated. */
export async function runTest({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);
  const asked = readOptions(options);
  if (asked.kind === "refusal") return tellRefusal(terminal, asked);
  if (options.watch === true) return (await import("./follow-tests.ts")).followTests(found, asked, terminal);

  const code = await tellBuild(await buildModel(nodeHost, found), terminal);
  return code === exitCode.fine ? testModel(found, asked, terminal) : code;
}

function readOptions(options: Invocation["options"]): Asked | Refusal {
  const { json, format, filter } = options;
  const coverage = readNumber(options, "coverage", 0, 100);
  const seed = readNumber(options, "seed", 0, 0x7fff_ffff);
  const runs = readNumber(options, "runs", 1, 1_000_000);
  for (const read of [coverage, seed, runs]) if (typeof read === "object") return read;
  if (coverage !== undefined && filter !== undefined)
    return refusal("--coverage asks about all scenarios, and --filter plays only some of them.", "Leave out one of the two.");
  return {
    kind: "asked",
    format: json === true ? "json" : ((format ?? "text") as Asked["format"]),
    ...(typeof filter === "string" && { filter }),
    ...(typeof coverage === "number" && { coverage }),
    ...(options.explore === true && { exploring: { seed: Number(seed ?? randomSeed()), runs: Number(runs ?? runsByDefault) } }),
  };
}

const runsByDefault = 300;

/** Large enough that two explorations are hardly ever the same, short enough to be typed again. */
const randomSeed = () => Math.floor(Math.random() * 1_000_000);

function readNumber(options: Invocation["options"], name: string, least: number, most: number): number | undefined | Refusal {
  const given = options[name];
  if (given === undefined) return undefined;
  const number = Number(given);
  if (given !== "" && Number.isInteger(number) && number >= least && number <= most) return number;
  return refusal(`--${name} is a whole number from ${least} to ${most}, not "${String(given)}".`);
}
