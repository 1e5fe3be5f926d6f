import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "../host/node-host.ts";
import { ApplicationProcess } from "./application-process.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate, type Located } from "./locate.ts";
import { hasBuilt, outdated } from "./outdated.ts";
import { refusal, tellRefusal } from "./refusal.ts";
import { handedOn, serverArguments } from "./server-arguments.ts";
import type { Terminal } from "./terminal.ts";
import { untilTold } from "./until-told.ts";

/** Runs what was built, as `node server/server.ts` does; with wkgen's own runtime where none is installed. */
export async function runStart({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);
  if (!existsSync(join(found.folder, "server/server.ts")))
    return tellRefusal(terminal, refusal("There is no application yet.", "Build it first: wkgen build", exitCode.failed));

  const isLogged = options["json"] === true || !terminal.isTerminal;
  if (hasBuilt(found)) await warn(found, terminal, isLogged);
  const application = new ApplicationProcess(found.folder, [...serverArguments(options), ...handedOn("json", options["json"])]);
  const started = await application.started();
  if (started.kind === "ended") return exitCode.failed;
  const ended = application.ended().then((code): ExitCode => (code === 0 ? exitCode.fine : exitCode.failed));
  const told = untilTold().then(async (): Promise<ExitCode> => {
    await application.stop();
    return exitCode.fine;
  });
  return Promise.race([ended, told]);
}

/** What runs is what was built, whatever the model says by now. Where the application's log is JSON, so is this. */
async function warn(found: Located, { tell, paintTold }: Terminal, isLogged: boolean): Promise<void> {
  const { what, cure } = (await outdated(found)) ?? {};
  if (what === undefined) return;
  const sentence = `What was built does not match the model, and is what runs. ${what} ${cure}`;
  tell(
    isLogged
      ? JSON.stringify({ level: 40, time: nodeHost.now().toISOString(), pid: process.pid, msg: sentence })
      : paintTold.yellow(sentence),
  );
}
