import { extname } from "node:path";
import type { Claim } from "../claim.ts";
import type { Append, Appended, EventLog } from "../event-log.ts";
import { GroupCommit } from "../group-commit.ts";
import { repeatedFrom } from "../outcome-row.ts";
import type { ClaimRow } from "./claim-table.ts";
import { eventFrom } from "./event-row.ts";
import type { JournalData, JournalQuestions } from "./journal-questions.ts";
import { pack, unpackSettled } from "./packed-append.ts";
import { QuestionThread } from "./question-thread.ts";

export interface SqliteWorld {
  newId(): string;
  /** How many milliseconds to wait while another process writes; 5000 by default. */
  readonly patience?: number;
}

type JournalThread = QuestionThread<JournalQuestions>;

const patienceByDefault = 5_000;

/**
 * The log in one SQLite file, which is made where it is missing. Several processes may share it: whoever commits reads the head, the revisions
 * and the command ids inside of its own write transaction. Throws a `StoreFailure` where the file cannot be used.
 */
export async function openSqliteLog(file: string, world: SqliteWorld): Promise<EventLog> {
  const { newId, patience = patienceByDefault } = world;
  const worker = new URL(`./journal-worker${extname(import.meta.url)}`, import.meta.url);
  const data: JournalData = { file, incarnation: newId(), patience };
  const thread: JournalThread = await QuestionThread.open("event log", worker, data);
  let closing: Promise<void> | undefined;
  const listeners = new Set<(position: number) => void>();
  const commits = new GroupCommit(
    (batch) => commit(thread, batch),
    (position) => {
      for (const listener of listeners) listener(position);
    },
  );

  return {
    append: (batch: readonly Append[]): Promise<readonly Appended[]> => commits.append(batch),
    history: async ({ context, aggregate, id }, after) => (await thread.ask("history", context, aggregate, id, after)).map(eventFrom),
    async recall({ context, aggregate, id }, shape) {
      const { snapshot, events } = await thread.ask("recall", context, aggregate, id, shape);
      return { ...(snapshot && { snapshot }), events: events.map(eventFrom) };
    },
    keepSnapshot: ({ context, aggregate, id }, { shape, revision, state }) =>
      thread.ask("keepSnapshot", context, aggregate, id, shape, revision, state),
    histories: async ({ context, aggregate }, after, limit) =>
      (await thread.ask("histories", context, aggregate, after?.id ?? "", after?.revision ?? 0, limit)).map(eventFrom),
    read: async (after, limit) => (await thread.ask("read", after, limit)).map(eventFrom),
    names: (after, to) => thread.ask("names", after, to),
    async outcome(commandId) {
      const row = await thread.ask("outcome", commandId);
      return row && repeatedFrom(row);
    },
    claims: {
      adopt: (rules) => thread.ask("adoptClaims", rules),
      async replace(rules, claims) {
        await thread.ask("beginClaims");
        for await (const some of claims) await thread.ask("addClaims", some.map(claimRow));
        return thread.ask("finishClaims", rules);
      },
    },
    head: () => thread.ask("head"),
    onGrown(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      return (closing ??= commits.settled().then(() => {
        listeners.clear();
        return thread.ask("close");
      }));
    },
  };
}

async function commit(thread: JournalThread, batch: readonly Append[]) {
  const packed: (string | number | null)[] = [];
  for (const append of batch) pack(append, packed);
  const { settled, flush } = await thread.ask("append", packed);
  return { appended: batch.map((append, index) => unpackSettled(settled[index]!, append)), flush };
}

function claimRow({ context, aggregate, field, value, aggregateId }: Claim): ClaimRow {
  return [context, aggregate, field, value, aggregateId];
}
