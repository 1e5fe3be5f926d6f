import { parentPort, workerData } from "node:worker_threads";
import { storeFailureOf } from "../../store/sqlite/trouble.ts";
import { FlowTables } from "./flow-tables.ts";
import type { Question, Reply } from "./worker-messages.ts";

const port = parentPort!;
const file = workerData as string;
let tables: FlowTables | undefined;

reply(() => {
  tables = new FlowTables(file);
});

// Without a listener the thread ends by itself, as it should where the file could not be opened.
if (tables !== undefined) port.on("message", answer);

function answer({ kind, ask }: Question): void {
  reply(() => (tables![kind] as (...values: readonly unknown[]) => unknown).apply(tables, [...ask]));
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
