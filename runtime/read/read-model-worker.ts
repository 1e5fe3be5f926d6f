import { parentPort, workerData } from "node:worker_threads";
import { evolutionOf } from "../evolution/evolution.ts";
import type { EvolvingKind } from "../evolution/kind.ts";
import { LogReader } from "../store/sqlite/log-reader.ts";
import { ListsUnavailable } from "./lists-unavailable.ts";
import { LocalReadModel } from "./local-read-model.ts";
import type { Asks, Reply, Request, WorkerData } from "./read-model-messages.ts";
import type { AnyList } from "./table.ts";
import { withMeanings } from "./with-meanings.ts";

const port = parentPort!;
const { file, module, application, log } = workerData as WorkerData;
const imported = await importApplication();
let model: Asks | undefined;

if (imported === undefined) port.postMessage({ kind: "not-there" } satisfies Reply);
else reply(() => void (model = followingLists(imported)));

// Without a listener the thread ends by itself.
if (model !== undefined) port.on("message", answer);

/** The lists, with a connection of their own to the log, where it is a file: its events then take no way round by other threads. */
function followingLists({ lists, aggregates }: Imported): Asks {
  const model = new LocalReadModel(file, withMeanings(lists, aggregates));
  const evolution = evolutionOf(aggregates);
  let reader: LogReader | undefined;
  const read = (after: number, most: number) => {
    // The file is there when somebody has opened the log, and nobody asks before.
    const events = (reader ??= new LogReader(log!)).read(after, most);
    return evolution === undefined ? events : events.map(evolution.current);
  };

  return {
    attach: (log) => model.attach(log),
    attachWithin: (log) => model.attachWithin(log),
    apply: (events) => model.apply(events),
    follow: (after, most) => model.apply(read(after, most)),
    build: (events, isEnd) => model.build(events, isEnd),
    buildOn(after, most) {
      const events = read(after, most);
      return model.build(events, events.length < most);
    },
    read: (question) => model.read(question),
    count: (question) => model.count(question),
    observe: (question, token) => model.observe(question, token),
    current: (live, since) => model.current(live, since),
    forget: (live) => model.forget(live),
    close() {
      reader?.close();
      model.close();
    },
  };
}

interface Imported {
  readonly lists: readonly AnyList[];
  readonly aggregates: readonly EvolvingKind[];
}

async function importApplication(): Promise<Imported | undefined> {
  const exported: Readonly<Record<string, unknown>> = await import(module);
  const found = Object.values(exported).find((value) => (value as { name?: unknown } | null | undefined)?.name === application);

  return found as Imported | undefined;
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
