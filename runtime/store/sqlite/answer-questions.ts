import { parentPort } from "node:worker_threads";
import type { Question, Reply } from "./thread-messages.ts";
import { storeFailureOf } from "./trouble.ts";

/** What a thread does that owns a connection to a file: it opens it, and answers questions by its owner's methods, until it is asked to close. */
export function answerQuestions(file: string, open: () => object): void {
  const port = parentPort!;
  let owner: object | undefined;

  /** A trouble of the store is an answer; anything else is our own bug, and ends the thread. */
  function reply(work: () => unknown): void {
    let message: Reply;
    try {
      message = { kind: "answer", answer: work() };
    } catch (error) {
      const failure = storeFailureOf(error, file);
      if (failure === undefined) throw error;
      message = { kind: "trouble", trouble: failure.trouble, sentence: failure.message, cure: failure.cure };
    }
    port.postMessage(message);
  }

  reply(() => void (owner = open()));
  // Without a listener the thread ends by itself, as it should where the file could not be opened.
  if (owner === undefined) return;
  const methods = owner as Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;
  port.on("message", ({ kind, ask }: Question) => {
    reply(() => methods[kind]!(...ask));
    if (kind === "close") port.close();
  });
}
