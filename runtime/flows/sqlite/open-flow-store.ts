import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { StoreFailure } from "../../store/store-failure.ts";
import type { FlowStore } from "../flow-store.ts";
import { FlowTables } from "./flow-tables.ts";
import type { Question, Reply } from "./worker-messages.ts";

type Ask = <Kind extends keyof FlowStore>(kind: Kind, ...ask: Parameters<FlowStore[Kind]>) => ReturnType<FlowStore[Kind]>;

/**
 * The flows in one SQLite file, which is made where it is missing, on a thread of its own, so that nobody else waits for the disk; in memory, and
 * in this thread, for `:memory:`. Throws a `StoreFailure` where the file cannot be used.
 */
export async function openFlowStore(file: string): Promise<FlowStore> {
  if (file === ":memory:") return overAsk(askIn(new FlowTables(file)));
  const thread = await FlowThread.open(file);
  return overAsk((kind, ...ask) => thread.ask(kind, ask) as never);
}

function askIn(tables: FlowTables): Ask {
  return (async (kind: keyof FlowStore, ...ask: readonly unknown[]) =>
    (tables[kind] as (...values: readonly unknown[]) => unknown).apply(tables, [...ask])) as unknown as Ask;
}

function overAsk(ask: Ask): FlowStore {
  let closing: Promise<void> | undefined;
  return {
    resume: (flow, log, begin, formerly) => ask("resume", flow, log, begin, formerly),
    instances: (flow, ids) => ask("instances", flow, ids),
    due: (flow, time, limit) => ask("due", flow, time, limit),
    nextDue: (flow) => ask("nextDue", flow),
    commit: (step) => ask("commit", step),
    outgoing: (after, limit) => ask("outgoing", after, limit),
    settle: (numbers) => ask("settle", numbers),
    park: (number, reason) => ask("park", number, reason),
    parked: () => ask("parked"),
    retry: () => ask("retry"),
    close: () => (closing ??= ask("close")),
  };
}

interface Asker {
  answer(answer: unknown): void;
  fail(failure: StoreFailure): void;
}

/** The other end of `worker.ts`. It answers in the order of the questions, so the oldest asker is always the next. */
class FlowThread {
  readonly #worker: Worker;
  readonly #askers: Asker[] = [];
  #ended: StoreFailure | undefined;

  private constructor(file: string) {
    this.#worker = new Worker(new URL(`./flows-worker${extname(import.meta.url)}`, import.meta.url), { workerData: file });
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#end(`The thread of the flows broke: ${(error as Error).message}`, error));
    this.#worker.on("exit", () => this.#end("The store of the flows is closed."));
  }

  static open(file: string): Promise<FlowThread> {
    const thread = new FlowThread(file);
    return new Promise((resolve, reject) => thread.#askers.push({ answer: () => resolve(thread), fail: reject }));
  }

  ask(kind: Question["kind"], ask: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      this.#askers.push({ answer: resolve, fail: reject });
      this.#worker.postMessage({ kind, ask } satisfies Question);
    });
  }

  #settle(reply: Reply): void {
    const asker = this.#askers.shift()!;
    if (reply.kind === "answer") asker.answer(reply.answer);
    else asker.fail(new StoreFailure(reply.trouble, reply.sentence, reply.cure));
  }

  #end(sentence: string, cause?: unknown): void {
    this.#ended ??= new StoreFailure("closed", sentence, "Start the application again.", cause);
    for (const asker of this.#askers.splice(0)) asker.fail(this.#ended);
  }
}
