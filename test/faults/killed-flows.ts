import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Event } from "../../runtime/protocol/event.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { openLog } from "../../runtime/store/open-log.ts";
import { readStoreAddress } from "../../runtime/store/store-address.ts";
import type { PostgresServer } from "../postgres/server.ts";
import { auditJobs } from "./audit-jobs.ts";
import type { FaultRow } from "./fault.ts";
import type { Note } from "./jobs.ts";
import { inFolder } from "./kills.ts";

const child = new URL("./killed-flows-child.ts", import.meta.url).pathname;
const whats: readonly Note["what"][] = ["welcome", "thanks", "due", "final", "refused"];

const longestTakeover = 5_000;

/** Flows and their log in a folder, or at the address of a store, worked on by processes that come and go. */
export class FlowsAtWork {
  readonly #place: string;
  readonly #begun = String(Date.now());

  constructor(place: string) {
    this.#place = place;
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
    const store = readStoreAddress(this.#place, "/") ?? { kind: "sqlite", file: join(this.#place, "log.db") };
    const log = await openLog(store, { newId: timeOrderedId });
    const events = await log.read(0, 10_000_000);
    await log.close();

    return events;
  }

  /** A process that works beside others. */
  async begin(): Promise<Colleague> {
    const colleague = new Colleague(this.#fork("work", "same"));
    await colleague.isReady;

    return colleague;
  }

  #fork(task: "work" | "drain", ids: "same" | "other") {
    return fork(child, [this.#place, this.#begun, task, ids], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  }
}

/** One of several processes at work, of which one runs the flows. */
class Colleague {
  readonly isReady: Promise<unknown>;
  /** When it began to run them. */
  readonly ran: Promise<number>;
  isRunner = false;
  readonly #process: ChildProcess;

  constructor(process: ChildProcess) {
    this.#process = process;
    const { promise: ready, resolve: tellReady } = Promise.withResolvers<unknown>();
    const { promise: ran, resolve: tellRan } = Promise.withResolvers<number>();
    process.on("message", (message) => {
      if (message === "ready") return tellReady(message);
      this.isRunner = true;
      tellRan(performance.now());
    });
    this.isReady = Promise.race([ready, once(process, "exit")]);
    this.ran = ran;
  }

  async kill(): Promise<void> {
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    const [code, signal] = await exited;
    if (signal !== "SIGKILL") throw new Error(`What was to be killed ended by itself with ${code}.`);
  }
}

/** Of two processes on one PostgreSQL the one that runs the flows is killed, again and again: the other has to go on within seconds, and now and then that dies, too. */
export async function flowsInTurn(cycles: number, { url }: PostgresServer): Promise<FaultRow> {
  const work = new FlowsAtWork(`${url}?schema=flows_in_turn`);
  const team = [await work.begin(), await work.begin()];
  const late: string[] = [];
  for (let kill = 0; kill < cycles; kill++) {
    await setTimeout(Math.random() * 400);
    const [runner] = team.splice(
      team.findIndex(({ isRunner }) => isRunner),
      1,
    );
    await runner!.kill();
    const killed = performance.now();
    const ran = await Promise.race([...team.map(({ ran }) => ran), setTimeout(2 * longestTakeover, Infinity)]);
    if (ran - killed > longestTakeover) late.push(`nobody ran the flows within ${longestTakeover} milliseconds`);
    team.push(await work.begin());
    if (kill % 4 !== 3) continue;
    await team.pop()!.kill();
    team.push(await work.begin());
  }
  for (const member of team) await member.kill();

  return rowOf("kill -9 of who runs flows, PostgreSQL", cycles, await work.drain(), late);
}

/** What flows do has to match what happened, whenever the process dies. */
export async function killedFlows(cycles: number): Promise<FaultRow> {
  return inFolder(async (folder) => {
    const work = new FlowsAtWork(folder);
    for (let kill = 0; kill < cycles; kill++) await work.workUntilKilled(Math.random() * 400);
    return rowOf("kill -9 of flows with timers", cycles, await work.drain());
  });
}

function rowOf(fault: string, cycles: number, events: readonly Event[], late: readonly string[] = []): FaultRow {
  return {
    ...{ fault, cycles },
    acknowledged: events.filter(({ name }) => name === "started" || name === "paid").length,
    ...{ lost: [], doubled: [], holes: [] },
    differences: [...auditJobs(events), ...late],
    overlooked: [...overlookedIn(events)],
  };
}

/**
 * One thing less, one told twice, one too early, one ticket less: the auditor has to see each. Where a payment crosses the refusal, that is the last thing
 * that is noted and need not have been, so that nobody could miss it: it is taken from a job that was never paid.
 */
function* overlookedIn(events: readonly Event[]): Iterable<string> {
  const paid = new Set(events.filter(({ name }) => name === "paid").map(({ aggregate }) => aggregate.id));
  const mustBe = ({ aggregate }: Event, what: Note["what"]) => what !== "refused" || !paid.has(aggregate.id);
  for (const what of whats) {
    const one = events.find((event) => event.name === "noted" && (event.data as Note).what === what && mustBe(event, what));
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
