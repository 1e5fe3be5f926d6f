import { enableCompileCache } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Application } from "./application.ts";
import { makeDataFolder } from "./data-folder.ts";
import { doorkeeperOf, type Doorkeeper } from "./doorkeeper.ts";
import { journalTo, type Journal } from "./journal.ts";
import { flowsPlace } from "./flows/flows-place.ts";
import { helpText, readOptions, type Options } from "./options.ts";
import type { Served } from "./serve.ts";

export interface Place {
  /** The folder that the generated `server.ts` is in; the application's own is the one above. */
  readonly folder: string;
}

const longestGoodbye = 10_000;

/** Runs an application as this process: by its command line and environment, until it is told to stop. */
export async function start(application: Application, { folder }: Place): Promise<void> {
  const root = dirname(folder);
  const asked = readOptions(application.name, root, process.argv.slice(2), process.env);
  if (asked.kind === "help") return void process.stdout.write(helpText(application.name));
  if (asked.kind === "wrong") return fail(2, asked.sentence, "Start with --help to see what there is.");

  const { options } = asked;
  const module = moduleIn(folder, process.argv[1]);
  try {
    if (asked.kind === "parked") return await parked(options, asked.retry);
    if (asked.kind === "replay") return await replay(application, options, asked.list);
    makeDataFolder(options.data);
    rememberCompiled(join(options.data, "compile-cache"));
    const doorkeeper = doorkeeperOf(process);
    const [{ serve }, journal] = await Promise.all([
      import("./serve.ts"),
      journalTo(process.stdout),
      doorkeeper && import("./http/create-server.ts"),
    ]);
    await doorkeeper?.turn();
    const served = await serve(application, {
      ...options,
      client: join(root, "client"),
      api: join(root, "api"),
      journal,
      ...(module && { module }),
      ...(doorkeeper && { doorkeeper }),
    });
    stopWhenTold(served, journal, doorkeeper);
    journal.info(`${application.name} is running at ${served.url}`);
    process.send?.({ kind: "listening", url: served.url });
  } catch (error) {
    failWith(error);
  }
}

/** What is compiled once is not compiled at every start, by this thread and by those that it starts: that saves a third of the time to the first answer. */
function rememberCompiled(folder: string): void {
  process.env["NODE_COMPILE_CACHE"] ??= folder;
  enableCompileCache(process.env["NODE_COMPILE_CACHE"]);
}

async function parked(options: Options, retry: boolean): Promise<void> {
  const { tellParked } = await import("./tell-parked.ts");
  await tellParked(flowsPlace(options.store, options.data), retry, (line) => process.stdout.write(`${line}\n`));
}

async function replay(application: Application, options: Options, list: string): Promise<void> {
  const [{ replayList }, journal] = await Promise.all([import("./replay-list.ts"), journalTo(process.stdout)]);
  await replayList(application, options, list, journal);
}

/** The module that called, as far as Node tells. */
function moduleIn(folder: string, main: string | undefined): string | undefined {
  return main !== undefined && dirname(main) === folder ? pathToFileURL(main).href : undefined;
}

/** What was accepted is finished first; a second signal, or too long a goodbye, ends it at once. */
function stopWhenTold(served: Served, journal: Journal, doorkeeper: Doorkeeper | undefined): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), longestGoodbye).unref();
    served.close().then(
      () => process.exit(0),
      (error: unknown) => {
        journal.error("It did not end well.", error);
        process.exit(1);
      },
    );
  };

  process.on("SIGINT", stop).on("SIGTERM", stop);
  if (process.send) process.on("disconnect", stop);
  doorkeeper?.onEnd(stop);
}

/** What the machine does not allow is told in one sentence, with its cure. Anything else is our own bug. */
function failWith(error: unknown): void {
  const { message, cure } = error as { readonly message: string; readonly cure?: unknown };
  if (typeof cure !== "string") throw error;
  fail(1, message, cure);
}

function fail(code: number, sentence: string, cure: string): void {
  process.stderr.write(`${sentence} ${cure}\n`);
  process.exitCode = code;
  // Whoever waits for what its parent says does not end by itself.
  if (process.connected) process.disconnect();
}
