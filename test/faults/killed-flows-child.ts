// Starts jobs and pays for some of them until it is killed; or, to drain, waits until the flows have nothing left to do, and ends.
// Arguments: the folder or the address of the store, when the clock began to run, work or drain, same or other. With other ids for commands that are sent
// again, as a careless engine would give, the audit must notice.

import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { anonymous } from "../../runtime/protocol/user.ts";
import { EventTail } from "../../runtime/read/event-tail.ts";
import { startFlows } from "../../runtime/start-flows.ts";
import { openLog } from "../../runtime/store/open-log.ts";
import { readStoreAddress } from "../../runtime/store/store-address.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";
import { job, ticket, watching } from "./jobs.ts";

const [place, begun, task, ids] = process.argv.slice(2) as [string, string, "work" | "drain", "same" | "other"];
/** So much faster do the hours pass: one takes 40 milliseconds. */
const speed = 90_000;
const now = () => Number(begun) + Math.floor((Date.now() - Number(begun)) * speed);
const newId = () => timeOrderedId();
const report = (fault: unknown) => console.error(fault);

const inPostgres = readStoreAddress(place, "/");
const store = inPostgres ?? ({ kind: "sqlite", file: join(place, "log.db") } as const);
const log = await openLog(store, { newId });
const write = createWriteModel([job, ticket], log, { now, newId, report });
const tail = new EventTail(log);
const flows = await startFlows(
  { name: "work", aggregates: [job, ticket], lists: [], flows: [watching] },
  inPostgres ?? { kind: "sqlite", file: join(place, "flows.db") },
  {
    log,
    tail,
    write: {
      ...write,
      handleForFlow: (command, userId, story) => write.handleForFlow(ids === "same" ? command : { ...command, id: newId() }, userId, story),
    },
    now,
  },
  {
    info: (said) => said === "This process runs the flows." && process.send?.("runs"),
    error: (sentence, error) => console.error(sentence, error),
  },
);
process.send?.("ready");

if (task === "work") await Promise.all(Array.from({ length: 6 }, worker));
for (let tries = 0; flows.statuses.some(({ standsBy }) => standsBy) && tries < 500; tries++) await setTimeout(20);
await flows.settled();
for (let rounds = 0; flows.nextDue !== undefined && rounds < 1_000; rounds++) {
  await setTimeout(20);
  await flows.settled();
}
await flows.close();
tail.close();
await log.close();

/** Half of the jobs are paid, some before they are due, some at about that time, some when it is too late. */
async function worker(): Promise<void> {
  for (let count = 0; count < 100_000; count++) {
    const id = newId();
    await send("start", id);
    await setTimeout(Math.random() * 30);
    if (Math.random() < 0.5) void setTimeout(Math.random() * 200).then(() => send("pay", id));
  }
}

async function send(name: string, aggregateId: string): Promise<void> {
  await write.handle({ id: newId(), context: "work", aggregate: "job", aggregateId, name, data: {} }, anonymous);
}
