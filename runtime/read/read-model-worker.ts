import { parentPort, workerData } from "node:worker_threads";
import { ListsUnavailable } from "./lists-unavailable.ts";
import { LocalReadModel } from "./local-read-model.ts";
import type { Reply, Request, WorkerData } from "./read-model-messages.ts";
import type { AnyList } from "./table.ts";

const port = parentPort!;
const { file, module, application } = workerData as WorkerData;
const lists = await importLists();
let model: LocalReadModel | undefined;

if (lists === undefined) port.postMessage({ kind: "not-there" } satisfies Reply);
else reply(() => void (model = new LocalReadModel(file, lists)));

// Without a listener the thread ends by itself.
if (model !== undefined) port.on("message", answer);

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
