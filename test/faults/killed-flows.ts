import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Event } from "../../runtime/protocol/event.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { auditJobs } from "./audit-jobs.ts";
import type { FaultRow } from "./fault.ts";
import type { Note } from "./jobs.ts";
import { inFolder } from "./kills.ts";

const child = new URL("./killed-flows-child.ts", import.meta.url).pathname;
const whats: readonly Note["what"][] = ["welcome", "thanks", "due", "final", "refused"];

/** Flows and their log in a folder, worked on by processes that come and go. */
export class FlowsAtWork {
  readonly #folder: string;
  readonly #begun = String(Date.now());

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Lets a process work, and kills it so many milliseconds after it has begun. With other ids for commands that are sent again, it is a careless one. */
  async workUntilKilled(milliseconds: number, ids: "same" | "other" = "same"): Promise<void> {
    const working = this.#fork("work", ids);
    const exited = once(working, "exit");
    await Promise.race([once(working, "message"), exited]);
    await setTimeout(milliseconds);
    working.kill("SIGKILL");
    const [code, signal] = await exited;
    if (signal !== "SIGKILL") throw new Error(`What was to be killed ended by itself with ${code}.`);
  }

  /** Lets the flows come to their rest, and says what has happened in all. */
  async drain(): Promise<readonly Event[]> {
    const [code] = await once(this.#fork("drain", "same"), "exit");
    if (code !== 0) throw new Error(`The flows did not come to their rest, but to ${code}.`);
    const log = await openSqliteLog(join(this.#folder, "log.db"), { newId: timeOrderedId });
    const events = await log.read(0, 10_000_000);
    await log.close();

    return events;
  }

  #fork(task: "work" | "drain", ids: "same" | "other") {
    return fork(child, [this.#folder, this.#begun, task, ids], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  }
}

/** What flows do has to match what happened, whenever the process dies. */
export async function killedFlows(cycles: number): Promise<FaultRow> {
  return inFolder(async (folder) => {
    const work = new FlowsAtWork(folder);
    for (let kill = 0; kill < cycles; kill++) await work.workUntilKilled(Math.random() * 400);
    const events = await work.drain();
    return {
      fault: "kill -9 of flows with timers",
      cycles,
      acknowledged: events.filter(({ name }) => name === "started" || name === "paid").length,
      ...{ lost: [], doubled: [], holes: [] },
      differences: auditJobs(events),
      overlooked: [...overlookedIn(events)],
    };
  });
}

/** One thing less, one told twice, one too early, one ticket less: the auditor has to see each. */
function* overlookedIn(events: readonly Event[]): Iterable<string> {
  for (const what of whats) {
    const one = events.find(({ name, data }) => name === "noted" && (data as Note).what === what);
    if (one === undefined) yield `${what} never happened`;
    else if (auditJobs(events.filter((event) => event !== one)).length === 0) yield `one ${what} less`;
    else if (auditJobs([...events, one]).length === 0) yield `${what} twice`;
    else if (what === "due" && !auditJobs(early(events, one)).some((found) => found.includes("due was early")))
      yield "a timer that is early";
  }
  const opened = events.find(({ name }) => name === "opened");
  if (auditJobs(events.filter((event) => event !== opened)).length === 0) yield "one ticket less";
}

function early(events: readonly Event[], due: Event): readonly Event[] {
  const timestamp = new Date(Date.parse(due.metadata.timestamp) - 1_000 * 3_600_000).toISOString();

  return events.map((event) => (event === due ? { ...due, metadata: { ...due.metadata, timestamp } } : event));
}
