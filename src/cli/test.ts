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

function readOptions({ json, format, filter, coverage }: Invocation["options"]): Asked | Refusal {
  const percent = coverage === undefined ? undefined : Number(coverage);
  if (percent !== undefined && !(percent >= 0 && percent <= 100))
    return refusal(`--coverage is a number of percent, from 0 to 100, not "${String(coverage)}".`);
  if (percent !== undefined && filter !== undefined)
    return refusal("--coverage asks about all scenarios, and --filter plays only some of them.", "Leave out one of the two.");
  return {
    kind: "asked",
    format: json === true ? "json" : ((format ?? "text") as Asked["format"]),
    ...(typeof filter === "string" && { filter }),
    ...(percent !== undefined && { coverage: percent }),
  };
}
