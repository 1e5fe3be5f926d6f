import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import type { Event } from "../../runtime/protocol/event.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { openLog } from "../../runtime/store/open-log.ts";
import { readStoreAddress } from "../../runtime/store/store-address.ts";
import { auditJobs } from "./audit-jobs.ts";
import type { Note } from "./jobs.ts";

const child = new URL("./killed-flows-child.ts", import.meta.url).pathname;
const kills = Math.min(1_000, Number(process.env.WKGEN_KILLS ?? 20));
const patience = 120_000 + kills * 15_000;

let folder: string;
let begun: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-flows-"));
  begun = String(Date.now());
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Lets a process work, and kills it so many milliseconds after it has begun. */
async function workUntilKilled(milliseconds: number, ids: "same" | "other" = "same"): Promise<void> {
  const working = fork(child, [folder, begun, "work", ids], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const exited = once(working, "exit");
  await Promise.race([once(working, "message"), exited]);
  await setTimeout(milliseconds);
  working.kill("SIGKILL");
  expect(await exited).toEqual([null, "SIGKILL"]);
}

/** Lets the flows come to their rest, and says what has happened in all. */
async function drain(place = folder): Promise<readonly Event[]> {
  const draining = fork(child, [place, begun, "drain", "same"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  expect(await once(draining, "exit")).toEqual([0, null]);
  const store = readStoreAddress(place, "/") ?? { kind: "sqlite", file: join(place, "log.db") };
  const log = await openLog(store, { newId: timeOrderedId });
  const events = await log.read(0, 10_000_000);
  await log.close();

  return events;
}

test(`what flows do matches what happened, whenever the process dies (${kills} times)`, { timeout: patience }, async () => {
  for (let kill = 0; kill < kills; kill++) await workUntilKilled(Math.random() * 400);
  const events = await drain();
  expect(auditJobs(events)).toEqual([]);

  // All that can happen has happened, so that the audit has looked at something.
  const noted = events.flatMap(({ name, data }) => (name === "noted" ? [(data as Note).what] : []));
  expect(new Set(noted)).toEqual(new Set(["welcome", "thanks", "due", "final", "refused"]));
  expect(events.filter(({ name }) => name === "started").length).toBeGreaterThan(kills * 5);

  // The auditor would have noticed: one thing less, one told twice, one too early.
  for (const what of ["welcome", "thanks", "due", "final", "refused"]) {
    const one = events.find(({ name, data }) => name === "noted" && (data as Note).what === what)!;
    expect(auditJobs(events.filter((event) => event !== one))).not.toEqual([]);
    expect(auditJobs([...events, one])).not.toEqual([]);
  }
  const due = events.find(({ name, data }) => name === "noted" && (data as Note).what === "due")!;
  const timestamp = new Date(Date.parse(due.metadata.timestamp) - 1_000 * 3_600_000).toISOString();
  const early = events.map((event) => (event === due ? { ...due, metadata: { ...due.metadata, timestamp } } : event));
  expect(auditJobs(early)).toContainEqual(expect.stringContaining("due was early"));
  const opened = events.find(({ name }) => name === "opened")!;
  expect(auditJobs(events.filter((event) => event !== opened))).toContainEqual(expect.stringContaining("has 0 tickets"));
});

test("the auditor notices flows whose commands get other ids when they are sent again", { timeout: patience }, async () => {
  let found: readonly string[] = [];
  for (let kill = 0; kill < 20 && found.length === 0; kill++) {
    await workUntilKilled(100 + Math.random() * 200, "other");
    if (kill % 3 === 2) found = auditJobs(await drain());
  }
  expect(found).toContainEqual(expect.stringMatching(/times|tickets|number/));
});

/** A process at work beside others, and when it began to run the flows. */
interface Colleague {
  readonly process: ChildProcess;
  readonly ran: Promise<number>;
  isRunner: boolean;
}

async function begin(place: string): Promise<Colleague> {
  const working = fork(child, [place, begun, "work", "same"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const { promise: ran, resolve } = Promise.withResolvers<number>();
  const colleague: Colleague = { process: working, ran, isRunner: false };
  const isReady = new Promise((ready) => working.on("message", (message) => message === "ready" && ready(undefined)));
  working.on("message", (message) => {
    if (message !== "runs") return;
    colleague.isRunner = true;
    resolve(performance.now());
  });
  await Promise.race([isReady, once(working, "exit")]);

  return colleague;
}

async function kill({ process }: Colleague): Promise<void> {
  process.kill("SIGKILL");
  expect(await once(process, "exit")).toEqual([null, "SIGKILL"]);
}

test(`of two processes on one PostgreSQL the other goes on within seconds where the one that ran the flows is killed (${kills} times)`, { timeout: patience }, async () => {
  const place = `${inject("postgres")}?schema=flows_${timeOrderedId().replaceAll("-", "").slice(0, 24)}`;
  const team = [await begin(place), await begin(place)];
  expect(team.map(({ isRunner }) => isRunner)).toEqual([true, false]);

  for (let death = 0; death < kills; death++) {
    await setTimeout(Math.random() * 400);
    const [victim] = team.splice(team.findIndex(({ isRunner }) => isRunner), 1);
    await kill(victim!);
    const killed = performance.now();
    expect((await Promise.race(team.map(({ ran }) => ran))) - killed).toBeLessThan(5_000);
    team.push(await begin(place));
    // Now and then one that stands by dies, too.
    if (death % 4 !== 3) continue;
    await kill(team.pop()!);
    team.push(await begin(place));
  }
  for (const member of team) await kill(member);

  const events = await drain(place);
  expect(auditJobs(events)).toEqual([]);
  const noted = events.flatMap(({ name, data }) => (name === "noted" ? [(data as Note).what] : []));
  expect(new Set(noted)).toEqual(new Set(["welcome", "thanks", "due", "final", "refused"]));
  expect(events.filter(({ name }) => name === "started").length).toBeGreaterThan(kills * 5);
});
