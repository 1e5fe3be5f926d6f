import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { EventLog } from "../store/event-log.ts";
import { attachToLog } from "./attach-to-log.ts";
import { ListsUnavailable } from "./lists-unavailable.ts";
import { LocalReadModel } from "./local-read-model.ts";
import type { Answered, Asked, Kind, Reply, Request, WorkerData } from "./read-model-messages.ts";
import type { ReadModel } from "./read-model.ts";
import type { AnyList } from "./table.ts";

type Followed = Pick<EventLog, "read">;

export interface Opening {
  /** Made where it is missing; `:memory:` for one that ends with the process. */
  readonly file: string;
  readonly lists: readonly AnyList[];
  /** What the lists follow; it may still be being opened. */
  readonly log: Followed | Promise<Followed>;
  /** Where a thread of its own finds the same lists, and the log's file, if it has one; without it, or where they are not there, they stay in this thread. */
  readonly source?: Omit<WorkerData, "file">;
}

/**
 * Opens the lists, in a thread of their own where functions can get there: projections and queries then cost the thread that answers
 * requests next to nothing. Throws `ListsUnavailable` where the file cannot be used.
 */
export async function openReadModel({ file, lists, log, source }: Opening): Promise<ReadModel> {
  const thread = source && (await ReadModelThread.open({ file, ...source }));
  const followed = await Promise.resolve(log).catch(async (error: unknown) => {
    await thread?.ask("close");
    throw error;
  });
  if (thread) return overThread(thread, followed, source?.log !== undefined);
  const model = new LocalReadModel(file, lists);

  return {
    attach: (head) =>
      attachToLog({ attach: async (head) => model.attach(head), attachWithin: async (head) => model.attachWithin(head) }, followed, head),
    apply: async (events) => model.apply(events),
    follow: async (after, most) => model.apply(await followed.read(after, most)),
    build: async (events, isEnd) => model.build(events, isEnd),
    buildOn: async (after, most) => {
      const events = await followed.read(after, most);

      return model.build(events, events.length < most);
    },
    read: async (question) => model.read(question),
    count: async (question) => model.count(question),
    observe: async (question, token) => model.observe(question, token),
    current: async (live, since) => model.current(live, since),
    forget: async (live) => model.forget(live),
    close: async () => model.close(),
  };
}

type Ask = <K extends Kind>(kind: K, ...asked: Asked<K>) => Promise<Answered<K>>;

/** A log that the thread cannot read by itself is read for it. */
function overThread(thread: ReadModelThread, log: Followed, readsItself: boolean): ReadModel {
  const model = overAsk((kind, ...asked) => thread.ask(kind, ...asked), log);
  if (readsItself) return model;

  return {
    ...model,
    follow: async (after, most) => model.apply(await log.read(after, most)),
    buildOn: async (after, most) => {
      const events = await log.read(after, most);

      return model.build(events, events.length < most);
    },
  };
}

function overAsk(ask: Ask, log: Followed): ReadModel {
  return {
    attach: (head) => attachToLog({ attach: (head) => ask("attach", head), attachWithin: (head) => ask("attachWithin", head) }, log, head),
    apply: (events) => ask("apply", events),
    follow: (after, most) => ask("follow", after, most),
    build: (events, isEnd) => ask("build", events, isEnd),
    buildOn: (after, most) => ask("buildOn", after, most),
    read: (question) => ask("read", question),
    count: (question) => ask("count", question),
    observe: (question, token) => (token === undefined ? ask("observe", question) : ask("observe", question, token)),
    current: (live, since) => ask("current", live, since),
    forget: (live) => ask("forget", live),
    close: () => ask("close"),
  };
}

interface Asker {
  answer(answer: never): void;
  fail(error: Error): void;
}

/** The other end of `read-model-worker.ts`. */
class ReadModelThread {
  readonly #worker: Worker;
  readonly #askers: Asker[] = [];
  #ended: Error | undefined;

  private constructor(data: WorkerData) {
    this.#worker = new Worker(new URL(`./read-model-worker${extname(import.meta.url)}`, import.meta.url), { workerData: data });
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on("exit", () => this.#end(new Error("The lists are closed.")));
  }

  static open(data: WorkerData): Promise<ReadModelThread | undefined> {
    const thread = new ReadModelThread(data);

    return new Promise((resolve, reject) => {
      const answer = (reply: unknown) => resolve(reply === "not-there" ? undefined : thread);
      thread.#askers.push({ answer, fail: reject });
    });
  }

  ask<K extends Kind>(kind: K, ...ask: Asked<K>): Promise<Answered<K>> {
    return new Promise((answer, fail) => {
      if (this.#ended) return fail(this.#ended);
      this.#askers.push({ answer, fail });
      this.#worker.postMessage({ kind, ask: JSON.stringify(ask) } satisfies Request);
    });
  }

  #settle(reply: Reply): void {
    const asker = this.#askers.shift()!;
    if (reply.kind === "answer") asker.answer(reply.answer as never);
    else if (reply.kind === "not-there") asker.answer("not-there" as never);
    else asker.fail(reply.kind === "failed" ? reply.error : new ListsUnavailable(reply.sentence, reply.cure));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const asker of this.#askers.splice(0)) asker.fail(this.#ended);
  }
}
