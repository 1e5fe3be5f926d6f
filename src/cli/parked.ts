import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "../host/node-host.ts";
import { ApplicationProcess } from "./application-process.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Invocation } from "./invocation.ts";
import { locate } from "./locate.ts";
import { refusal, tellRefusal } from "./refusal.ts";
import { handedOn } from "./server-arguments.ts";

/** Says what flows could not have carried out, as `node server/server.ts --parked` does. */
export async function runParked({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);
  if (!existsSync(join(found.folder, "server/server.ts")))
    return tellRefusal(terminal, refusal("There is no application yet.", "Build it first: wkgen build", exitCode.failed));

  const where = [...handedOn("store", options["store"]), ...handedOn("data", options["data"])];
  const application = new ApplicationProcess(found.folder, [options["retry"] === true ? "--retry-parked" : "--parked", ...where]);
  await application.started();
  return (await application.ended()) === 0 ? exitCode.fine : exitCode.failed;
}
