import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { StoreFailure } from "../store-failure.ts";
import type { Questions, Reply, WorkerData } from "./worker-messages.ts";

interface Asker {
  answer(answer: never): void;
  fail(failure: StoreFailure): void;
}

/** The thread that owns the connection. It answers in the order of the questions, so the oldest asker is always the next. */
export class JournalThread {
  readonly #worker: Worker;
  readonly #askers: Asker[] = [];
  #ended: StoreFailure | undefined;

  private constructor(data: WorkerData) {
    this.#worker = new Worker(new URL(`./journal-worker${extname(import.meta.url)}`, import.meta.url), { workerData: data });
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#end(`The thread of the event log broke: ${error.message}`, error));
    this.#worker.on("exit", () => this.#end("The event log is closed."));
  }

  /** Resolves when the file is open, its schema is the one of this runtime, and it may be written. */
  static open(data: WorkerData): Promise<JournalThread> {
    const thread = new JournalThread(data);
    return new Promise((resolve, reject) => thread.#askers.push({ answer: () => resolve(thread), fail: reject }));
  }

  ask<Kind extends keyof Questions>(kind: Kind, ...ask: Questions[Kind]["ask"]): Promise<Questions[Kind]["answer"]> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      this.#askers.push({ answer: resolve, fail: reject });
      this.#worker.postMessage({ kind, ask });
    });
  }

  #settle(reply: Reply): void {
    const asker = this.#askers.shift()!;
    if (reply.kind === "answer") asker.answer(reply.answer as never);
    else asker.fail(new StoreFailure(reply.trouble, reply.sentence, reply.cure));
  }

  #end(sentence: string, cause?: unknown): void {
    this.#ended ??= new StoreFailure("closed", sentence, "Start the application again.", cause);
    for (const asker of this.#askers.splice(0)) asker.fail(this.#ended);
  }
}
