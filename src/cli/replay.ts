import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "../host/node-host.ts";
import { ApplicationProcess } from "./application-process.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Invocation } from "./invocation.ts";
import { locate } from "./locate.ts";
import { refusal, tellRefusal } from "./refusal.ts";

/** Makes a list anew, as `node server/server.ts --replay LIST` does. */
export async function runReplay({ args: [list = "", path], options: { store }, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);
  if (!existsSync(join(found.folder, "server/server.ts")))
    return tellRefusal(terminal, refusal("There is no application yet.", "Build it first: wkgen build", exitCode.failed));

  const where = typeof store === "string" ? ["--store", store] : [];
  const application = new ApplicationProcess(found.folder, ["--replay", list, ...where]);
  const ended = await application.started();
  return ended.kind === "ended" && ended.exitCode === 0 ? exitCode.fine : exitCode.failed;
}
