import { nodeHost } from "../host/node-host.ts";
import { ApplicationProcess } from "./application-process.ts";
import type { Build } from "./build-model.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { Following } from "./follow.ts";
import { locate, type Located } from "./locate.ts";
import { tellRefusal } from "./refusal.ts";
import { serverArguments } from "./server-arguments.ts";
import { isChange } from "./tell-build.ts";
import type { Terminal } from "./terminal.ts";
import { untilTold } from "./until-told.ts";

/** Builds, runs, and follows every change, until it is told to end. */
export async function runDev({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);

  const told = untilTold();
  const running = new Running(found, ["--dev", ...serverArguments(options)], terminal);
  const following = new Following(
    found,
    terminal,
    (build) => running.renew(build),
    () => running.meanwhile,
  );
  await following.begin();
  const code = await Promise.race([told.then((): ExitCode => exitCode.fine), running.failure]);
  await following.end();
  await running.stop();
  return code;
}

/** The application as it was last good. */
class Running {
  /** Resolves when it could not be started the first time: then there is nothing to wait for. */
  readonly failure: Promise<ExitCode>;
  readonly #application: ApplicationProcess;
  readonly #terminal: Terminal;
  #fail: (code: ExitCode) => void = () => undefined;
  #hasRun = false;

  constructor({ folder }: Located, args: readonly string[], terminal: Terminal) {
    this.#application = new ApplicationProcess(folder, args);
    this.#terminal = terminal;
    this.failure = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  /** Starts it anew where the build has changed what runs; the page's own files are read as they are. */
  async renew(build: Build): Promise<void> {
    if (this.#application.isRunning && !changesServer(build)) return;
    await this.#application.stop();
    const started = await this.#application.start();
    if (started.kind === "ended") return this.#hasRun ? this.#tellEnd(started.exitCode) : this.#fail(exitCode.failed);

    if (!this.#hasRun) this.#terminal.print(`Open ${started.url} (studio: ${new URL("studio/", started.url).href}). Ctrl-C ends it.`);
    this.#hasRun = true;
    void this.#application.ended().then((code) => this.#tellEnd(code));
  }

  /** What goes on while the model is wrong. */
  get meanwhile(): string {
    return this.#application.isRunning ? "; the last good application keeps running" : "; it starts when they are gone";
  }

  stop(): Promise<void> {
    return this.#application.stop();
  }

  #tellEnd(code: number): void {
    if (code !== 0)
      this.#terminal.tell(this.#terminal.paintTold.red(`The application ended (exit code ${code}). It starts again with the next change.`));
  }
}

const changesServer = (build: Build): boolean =>
  build.kind === "planned" &&
  build.plan.some(
    (action) => (isChange(action.kind) || (action.kind === "unchanged" && action.isNew)) && action.path.startsWith("server/"),
  );
