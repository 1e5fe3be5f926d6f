import { extname } from "node:path";
import { QuestionThread } from "../../store/sqlite/question-thread.ts";
import type { FlowStore } from "../flow-store.ts";
import { FlowTables } from "./flow-tables.ts";

/** Whatever a store is asked. */
type FlowQuestions = {
  readonly [Kind in keyof FlowStore]: { readonly ask: Parameters<FlowStore[Kind]>; readonly answer: Awaited<ReturnType<FlowStore[Kind]>> };
};

type Ask = <Kind extends keyof FlowStore>(kind: Kind, ...ask: Parameters<FlowStore[Kind]>) => ReturnType<FlowStore[Kind]>;

/**
 * The flows in one SQLite file, which is made where it is missing, on a thread of its own, so that nobody else waits for the disk; in memory, and
 * in this thread, for `:memory:`. Throws a `StoreFailure` where the file cannot be used.
 */
export async function openFlowStore(file: string): Promise<FlowStore> {
  if (file === ":memory:") return overAsk(askIn(new FlowTables(file)));
  const worker = new URL(`./flows-worker${extname(import.meta.url)}`, import.meta.url);
  const thread = await QuestionThread.open<FlowQuestions>("store of the flows", worker, file);
  return overAsk((kind, ...ask) => thread.ask(kind, ...ask) as never);
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
