import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Event } from "../../runtime/protocol/event.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { audit, type Acknowledged } from "./write-audit.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-kill-"));
  file = join(folder, "log.db");
});

afterEach(() => rmSync(folder, { recursive: true }));

const child = new URL("./write-kill-child.ts", import.meta.url).pathname;

/** Lets a process send commands, and kills it in the middle: after so many answers, at whatever it is doing just then. */
async function sendUntilKilled(honesty: "honest" | "lying", enough: number): Promise<readonly Acknowledged[]> {
  const answers = join(folder, "answers");
  rmSync(answers, { force: true });
  const sending = spawn(process.execPath, [child, file, answers, honesty], { stdio: "inherit" });
  const exited = once(sending, "exit");
  while (sending.exitCode === null && linesOf(answers).length < enough) await setTimeout(5);
  sending.kill("SIGKILL");
  expect(await exited).toEqual([null, "SIGKILL"]);

  return linesOf(answers).map((line) => {
    const space = line.indexOf(" ");
    return { commandId: line.slice(0, space), answer: JSON.parse(line.slice(space)) };
  });
}

function linesOf(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
}

async function everything(): Promise<readonly Event[]> {
  const log = await openSqliteLog(file, { newId: () => "id" });
  const events = await log.read(0, 1_000_000);
  await log.close();
  return events;
}

test("whatever was acknowledged before kill -9 is there afterwards, once; again and again on the same file", async () => {
  const acknowledged: Acknowledged[] = [];
  for (const answers of [50, 777, 1234]) {
    acknowledged.push(...(await sendUntilKilled("honest", answers)));
    expect(audit(await everything(), acknowledged)).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThan(2000);

  const database = new DatabaseSync(file);
  expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
});

test("the auditor notices one event that is missing", async () => {
  const acknowledged = await sendUntilKilled("honest", 50);
  const last = acknowledged.at(-1)!;
  const database = new DatabaseSync(file);
  database.prepare("DELETE FROM events WHERE command_id = ?").run(last.commandId);
  database.close();
  expect(audit(await everything(), acknowledged)).toContainEqual(expect.stringContaining(last.commandId));
});

test("the auditor notices a log that acknowledges before it has stored", async () => {
  const acknowledged = await sendUntilKilled("lying", 2000);
  expect(audit(await everything(), acknowledged)).not.toEqual([]);
});
