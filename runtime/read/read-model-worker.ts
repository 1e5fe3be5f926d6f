import { parentPort, workerData } from "node:worker_threads";
import { LogReader } from "../store/sqlite/log-reader.ts";
import { ListsUnavailable } from "./lists-unavailable.ts";
import { LocalReadModel } from "./local-read-model.ts";
import type { Asks, Reply, Request, WorkerData } from "./read-model-messages.ts";
import type { AnyList } from "./table.ts";

const port = parentPort!;
const { file, module, application, log } = workerData as WorkerData;
const lists = await importLists();
let model: Asks | undefined;

if (lists === undefined) port.postMessage({ kind: "not-there" } satisfies Reply);
else reply(() => void (model = followingLists(file, lists, log)));

// Without a listener the thread ends by itself.
if (model !== undefined) port.on("message", answer);

/** The lists, with a connection of their own to the log, where it is a file: its events then take no way round by other threads. */
function followingLists(file: string, lists: readonly AnyList[], log: string | undefined): Asks {
  const model = new LocalReadModel(file, lists);
  const reader = log === undefined ? undefined : new LogReader(log);

  return {
    attach: (log) => model.attach(log),
    apply: (events) => model.apply(events),
    follow: (after, most) => model.apply(reader!.read(after, most)),
    read: (question) => model.read(question),
    observe: (question) => model.observe(question),
    current: (live) => model.current(live),
    forget: (live) => model.forget(live),
    close() {
      reader?.close();
      model.close();
    },
  };
}

async function importLists(): Promise<readonly AnyList[] | undefined> {
  const exported: Readonly<Record<string, unknown>> = await import(module);
  const found = Object.values(exported).find((value) => (value as { name?: unknown } | null | undefined)?.name === application);

  return (found as { readonly lists?: readonly AnyList[] } | undefined)?.lists;
}

function answer({ kind, ask }: Request): void {
  reply(() => (model![kind] as (...values: readonly unknown[]) => unknown).apply(model, JSON.parse(ask)));
  if (kind === "close") port.close();
}

function reply(work: () => unknown): void {
  let message: Reply;
  try {
    message = { kind: "answer", answer: work() };
  } catch (error) {
    message =
      error instanceof ListsUnavailable
        ? { kind: "unavailable", sentence: error.message, cure: error.cure }
        : { kind: "failed", error: error as Error };
  }
  port.postMessage(message);
}
