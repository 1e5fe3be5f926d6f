import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Event } from "../../runtime/protocol/event.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
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
async function drain(): Promise<readonly Event[]> {
  const draining = fork(child, [folder, begun, "drain", "same"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  expect(await once(draining, "exit")).toEqual([0, null]);
  const log = await openSqliteLog(join(folder, "log.db"), { newId: timeOrderedId });
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
