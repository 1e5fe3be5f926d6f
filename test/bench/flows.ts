import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FlowDefinition } from "../../runtime/flows/flow.ts";
import { Flows } from "../../runtime/flows/flows.ts";
import { openFlowStore } from "../../runtime/flows/sqlite/open-flow-store.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { anonymous } from "../../runtime/protocol/user.ts";
import { EventTail } from "../../runtime/read/event-tail.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { createWriteModel, type WriteModel } from "../../runtime/write/write-model.ts";
import { job, type Note } from "../faults/jobs.ts";
import type { Row } from "./row.ts";

/** WKGEN_FLOWS=100000 for the whole of it. */
const instances = Number(process.env.WKGEN_FLOWS ?? 20_000);
const inFlight = 64;
const hour = 3_600_000;
const newId = () => timeOrderedId();

interface Events {
  readonly "work.job.started": {};
  readonly "work.job.noted": Note;
}

const ofJob = (event: { readonly aggregate: { readonly id: string } }) => event.aggregate.id;

/** Sets a timer for every job, notes it when the timer fires, and ends when that was noted. */
const noting: FlowDefinition<{ readonly count: number }, Events, { readonly "work.job.note": Note }, "due"> = {
  name: "noting",
  isFromBeginning: true,
  identity: { "work.job.started": ofJob, "work.job.noted": ofJob },
  initialState: { count: 0 },
  when: {
    "work.job.started"(flow, _event, mark) {
      flow.setState({ count: 1 });
      flow.schedule("due", { in: "PT1H" });

      return mark.asDone();
    },
    "work.job.noted"(flow, _event, mark) {
      flow.end();

      return mark.asDone();
    },
  },
  whenDue: {
    due(flow, mark) {
      flow.run("work.job.note", { on: flow.id, data: { what: "due", count: flow.state.count } });

      return mark.asDone();
    },
  },
};

/**
 * Flow instances that begin, wait for a timer, run a command when it fires, and end: per second, with everything durable on SQLite. Beside it, the
 * same commands sent without any flow.
 */
export async function benchFlows(): Promise<readonly Row[]> {
  const data = join(import.meta.dirname, "data");
  mkdirSync(data, { recursive: true });
  const folder = mkdtempSync(join(data, "flows-"));
  let now = Date.now();
  const log = await openSqliteLog(join(folder, "log.db"), { newId });
  const write = createWriteModel([job], log, { now: () => now, newId, report: (fault) => console.error(fault) });
  try {
    const started = await manyTimes((number) => send(write, "start", `job-${number}`, {}));
    const own = await finish(log, write, join(folder, "flows.db"), () => (now += hour));
    const value = instances / own;
    const peer = { name: "as many commands without a flow", value: instances / started };
    return [
      {
        name: `${instances.toLocaleString("en")} flows with a timer each`,
        value,
        unit: "per second",
        peer,
        ratio: value / peer.value,
        limit: null,
      },
    ];
  } finally {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The seconds that it takes until all instances have ended. */
async function finish(log: EventLog, write: WriteModel, file: string, turnClock: () => number): Promise<number> {
  let now = Date.now();
  const tail = new EventTail(log);
  const report = { stopped: fail, parked: fail, failed: fail };
  const start = performance.now();
  const flows = await Flows.start([noting], { log, tail, write, store: await openFlowStore(file), now: () => now, report });
  await flows.settled();
  now = turnClock();
  await flows.settled();
  const seconds = (performance.now() - start) / 1000;

  const { position } = await log.head();
  if (position !== 2 * instances || flows.nextDue !== undefined)
    throw new Error(`Of ${instances} flows ${position - instances} have finished.`);
  await flows.close();
  tail.close();
  return seconds;
}

function fail(...what: readonly unknown[]): void {
  console.error(...what);
  process.exitCode = 1;
}

async function send(write: WriteModel, name: string, aggregateId: string, data: object): Promise<void> {
  const answer = await write.handle({ id: newId(), context: "work", aggregate: "job", aggregateId, name, data }, anonymous);
  if (answer.kind !== "handled") throw new Error(answer.problem.detail);
}

/** The seconds that it takes, so many at the same time. */
async function manyTimes(work: (number: number) => Promise<void>): Promise<number> {
  let next = 0;
  const start = performance.now();
  const worker = async () => {
    while (next < instances) await work(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (performance.now() - start) / 1000;
}
