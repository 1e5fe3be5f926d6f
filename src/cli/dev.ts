import { nodeHost } from "../host/node-host.ts";
import { ApplicationProcess } from "./application-process.ts";
import type { Build } from "./build-model.ts";
import { Doorkeeper } from "./doorkeeper.ts";
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
  if (code === exitCode.fine) terminal.print(terminal.paint.dim("Ending."));
  await following.end();
  await running.stop();
  return code;
}

/** The application as it was last good. */
class Running {
  /** Resolves when it could not be started the first time: then there is nothing to wait for. */
  readonly failure: Promise<ExitCode>;
  readonly #begin: () => ApplicationProcess;
  readonly #doorkeeper = new Doorkeeper();
  readonly #terminal: Terminal;
  #application: ApplicationProcess | undefined;
  #fail: (code: ExitCode) => void = () => undefined;
  #hasRun = false;

  constructor({ folder }: Located, args: readonly string[], terminal: Terminal) {
    this.#begin = () => new ApplicationProcess(folder, args, this.#doorkeeper);
    this.#terminal = terminal;
    this.failure = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  /**
   * Starts it anew where the build has changed what runs; the page's own files are read as they are. The old process goes on until the new one has loaded its code, and
   * the new one opens the store when the old one is gone: whoever comes in between waits.
   */
  async renew(build: Build): Promise<void> {
    if (this.#isRunning && !changesServer(build)) return;
    const next = this.#begin();
    if ((await next.loaded()) === "ended" && this.#isRunning) return this.#tellUnloadable();
    const before = this.#application;
    this.#application = next;
    this.#doorkeeper.hold();
    await before?.stop();
    next.begin();
    const started = await next.started();
    if (started.kind === "ended") return this.#hasRun ? this.#tellEnd(started.exitCode) : this.#fail(exitCode.failed);

    if (!this.#hasRun) this.#terminal.print(`Open ${started.url} (studio: ${new URL("studio/", started.url).href}). Ctrl-C ends it.`);
    this.#hasRun = true;
    void next.ended().then((code) => this.#application === next && this.#tellEnd(code));
  }

  /** What goes on while the model is wrong. */
  get meanwhile(): string {
    return this.#isRunning ? "; the last good application keeps running" : "; it starts when they are gone";
  }

  async stop(): Promise<void> {
    await this.#application?.stop();
    this.#doorkeeper.close();
  }

  get #isRunning(): boolean {
    return this.#application?.isRunning === true;
  }

  #tellUnloadable(): void {
    this.#terminal.tell(this.#terminal.paintTold.red("What was built cannot be loaded; the last good application keeps running."));
  }

  #tellEnd(code: number): void {
    if (code === 0) return;
    this.#doorkeeper.turnAway();
    this.#terminal.tell(this.#terminal.paintTold.red(`The application ended (exit code ${code}). It starts again with the next change.`));
  }
}

const changesServer = (build: Build): boolean =>
  build.kind === "planned" &&
  build.plan.some(
    (action) => (isChange(action.kind) || (action.kind === "unchanged" && action.isNew)) && action.path.startsWith("server/"),
  );
