import { enableCompileCache } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Application } from "./application.ts";
import { makeDataFolder } from "./data-folder.ts";
import { doorkeeperOf, type Doorkeeper } from "./doorkeeper.ts";
import { journalTo, type Form, type Journal } from "./journal.ts";
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
  if (asked.kind === "wrong") return misused(asked.sentence);

  const { options } = asked;
  const module = moduleIn(folder, process.argv[1]);
  const doorkeeper = doorkeeperOf(process);
  // Whoever keeps the door is for development, and says sentences, too.
  const form: Form = options.json || !(process.stdout.isTTY || doorkeeper) ? "json" : "sentences";
  try {
    if (asked.kind === "parked") return await parked(options, asked.retry);
    if (asked.kind === "replay") return await replay(application, options, asked.list, form);
    makeDataFolder(options.data);
    rememberCompiled(join(options.data, "compile-cache"));
    const [{ serve }, journal] = await Promise.all([
      import("./serve.ts"),
      journalTo(process.stdout, form),
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
    stopWhenTold(application.name, served, journal, doorkeeper);
    journal.info(`${application.name} is running at ${served.url}`);
    process.send?.({ kind: "listening", url: served.url });
  } catch (error) {
    await failWith(error, form);
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

async function replay(application: Application, options: Options, list: string, form: Form): Promise<void> {
  const [{ replayList }, journal] = await Promise.all([import("./replay-list.ts"), journalTo(process.stdout, form)]);
  await replayList(application, options, list, journal);
}

/** The module that called, as far as Node tells. */
function moduleIn(folder: string, main: string | undefined): string | undefined {
  return main !== undefined && dirname(main) === folder ? pathToFileURL(main).href : undefined;
}

/** What was accepted is finished first; a second signal, or too long a goodbye, ends it at once. */
function stopWhenTold(name: string, served: Served, journal: Journal, doorkeeper: Doorkeeper | undefined): void {
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

  const stopBySignal = () => {
    if (!isStopping) journal.info(`${name} is ending.`);
    stop();
  };

  process.on("SIGINT", stopBySignal).on("SIGTERM", stopBySignal);
  if (process.send) process.on("disconnect", stop);
  doorkeeper?.onEnd(stop);
}

/** What the machine does not allow is told in one sentence, with its cure, where the log is read. Anything else is our own bug. */
async function failWith(error: unknown, form: Form): Promise<void> {
  const { message, cure } = error as { readonly message: string; readonly cure?: unknown };
  if (typeof cure !== "string") throw error;
  (await journalTo(process.stderr, form)).error(`${message} ${cure}`);
  endWith(1);
}

/** Whoever calls it wrongly is a person. */
function misused(sentence: string): void {
  process.stderr.write(`${sentence} Start with --help to see what there is.\n`);
  endWith(2);
}

/** Whoever hears what its parent says does not end by itself. */
function endWith(code: number): void {
  process.exitCode = code;
  if (process.connected) process.disconnect();
}
