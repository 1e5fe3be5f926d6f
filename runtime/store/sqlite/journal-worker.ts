import { parentPort, workerData } from "node:worker_threads";
import { Journal } from "./journal.ts";
import { storeFailureOf } from "./trouble.ts";
import type { Question, Reply, WorkerData } from "./worker-messages.ts";

const port = parentPort!;
const { file, incarnation, patience } = workerData as WorkerData;
let journal: Journal | undefined;

reply(() => {
  journal = new Journal(file, incarnation, patience);
});

// Without a listener the thread ends by itself, as it should where the file could not be opened.
if (journal !== undefined) port.on("message", answer);

function answer({ kind, ask }: Question): void {
  reply(() => (journal![kind] as (...values: readonly unknown[]) => unknown).apply(journal, [...ask]));
  if (kind === "close") port.close();
}

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
