import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "../host/node-host.ts";
import { ApplicationProcess } from "./application-process.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate } from "./locate.ts";
import { refusal, tellRefusal } from "./refusal.ts";
import { serverArguments } from "./server-arguments.ts";
import { untilTold } from "./until-told.ts";

/** Runs what was built, as `node server/server.ts` does; with wkgen's own runtime where none is installed. */
export async function runStart({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);
  if (!existsSync(join(found.folder, "server/server.ts")))
    return tellRefusal(terminal, refusal("There is no application yet.", "Build it first: wkgen build", exitCode.failed));

  const application = new ApplicationProcess(found.folder, serverArguments(options));
  const started = await application.started();
  if (started.kind === "ended") return exitCode.failed;
  const ended = application.ended().then((code): ExitCode => (code === 0 ? exitCode.fine : exitCode.failed));
  const told = untilTold().then(async (): Promise<ExitCode> => {
    await application.stop();
    return exitCode.fine;
  });
  return Promise.race([ended, told]);
}
