import { Worker } from "node:worker_threads";
import { StoreFailure } from "../store-failure.ts";
import type { Question, Questions, Reply } from "./thread-messages.ts";

interface Asker {
  answer(answer: unknown): void;
  fail(failure: StoreFailure): void;
}

/** A thread that owns a connection (`answer-questions.ts`). It answers in the order of the questions, so the oldest asker is always the next. */
export class QuestionThread<Asked extends Questions> {
  readonly #worker: Worker;
  readonly #askers: Asker[] = [];
  #ended: StoreFailure | undefined;

  private constructor(name: string, worker: URL, data: unknown) {
    this.#worker = new Worker(worker, { workerData: data });
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#end(`The thread of the ${name} broke: ${(error as Error).message}`, error));
    this.#worker.on("exit", () => this.#end(`The ${name} is closed.`));
  }

  /** Resolves when the file is open, its schema is the one of this runtime, and it may be written. `name` is what sentences call what is kept. */
  static open<Asked extends Questions>(name: string, worker: URL, data: unknown): Promise<QuestionThread<Asked>> {
    const thread = new QuestionThread<Asked>(name, worker, data);
    return new Promise((resolve, reject) => thread.#askers.push({ answer: () => resolve(thread), fail: reject }));
  }

  ask<Kind extends keyof Asked & string>(kind: Kind, ...ask: Asked[Kind]["ask"]): Promise<Asked[Kind]["answer"]> {
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
