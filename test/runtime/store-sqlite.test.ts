import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { storeFailureOf } from "../../runtime/store/sqlite/trouble.ts";
import { append, appendOne, claim, command } from "./store-append.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-sqlite-"));
  file = join(folder, "log.db");
});

afterEach(() => rmSync(folder, { recursive: true }));

let ids = 0;
const open = (at = file, patience = 5_000) => openSqliteLog(at, { newId: () => `id-${++ids}`, patience });

test("what was appended is there after opening again, in the same incarnation", async () => {
  const before = await open();
  const { incarnation } = await before.head();
  await before.append([append("a", 0, { command: command("c") })]);
  await before.close();

  const after = await open();
  expect(await after.head()).toEqual({ position: 1, incarnation });
  expect((await appendOne(after, append("a", 0, { command: command("c") }))).kind).toBe("repeated");
  expect((await appendOne(after, append("a", 1))).kind).toBe("appended");
  await after.close();
});

test("the file that commits are written to is laid out once where many come, and holds nothing but commits", async () => {
  const log = await open();
  await log.append([append("first", 0)]);
  const before = statSync(`${file}-wal`).size;
  for (let revision = 0; revision < 30; revision++) await log.append([append("a", revision)]);
  const { size } = statSync(`${file}-wal`);
  expect(before).toBeLessThan(1024 * 1024);
  expect(size).toBeGreaterThan(4_000 * 4_120);

  // As after a power failure: nothing but what is on the disk.
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith("-shm") });
  const after = await open(join(copy, "log.db"));
  expect((await after.head()).position).toBe(31);
  for (let revision = 30; revision < 60; revision++) expect((await appendOne(after, append("a", revision))).kind).toBe("appended");
  await Promise.all([log.close(), after.close()]);
  rmSync(copy, { recursive: true });
});

test("makes the folders that are missing", async () => {
  const log = await open(join(folder, "some/where/log.db"));
  await log.close();
});

test("two connections on one file count together and see each other's conflicts and commands", async () => {
  const [left, right] = await Promise.all([open(), open()]);
  expect((await left.head()).incarnation).toBe((await right.head()).incarnation);

  await left.append([append("a", 0, { command: command("c") })]);
  expect((await appendOne(right, append("a", 0))).kind).toBe("conflict");
  expect((await appendOne(right, append("b", 0, { command: command("c") }))).kind).toBe("repeated");
  expect((await appendOne(right, append("a", 1))).kind).toBe("appended");
  expect((await appendOne(left, append("a", 1))).kind).toBe("conflict");
  expect((await appendOne(left, append("a", 2))).kind).toBe("appended");

  const many = Array.from({ length: 200 }, (_, index) => index);
  await Promise.all(many.map((index) => (index % 2 === 0 ? left : right).append([append(`m${index}`, 0)])));
  const positions = (await left.read(0, 1000)).map(({ metadata }) => metadata.position);
  expect(positions).toEqual(Array.from({ length: 203 }, (_, index) => index + 1));
  await Promise.all([left.close(), right.close()]);
});

test("of everything that is appended in one turn, most travels in few commits", async () => {
  const log = await open();
  let commits = 0;
  log.onGrown(() => commits++);
  await Promise.all(Array.from({ length: 500 }, (_, index) => log.append([append(`m${index}`, 0)])));
  expect(commits).toBeLessThan(5);
  await log.close();
});

test.each([
  ["a text file", "not-a-log", (at: string) => writeFileSync(at, "This is no database, but long enough to be one. ".repeat(100))],
  ["another application's database", "not-a-log", (at: string) => withDatabase(at, "CREATE TABLE theirs (id)")],
  ["a folder", "not-writable", (at: string) => mkdirSync(at)],
])("%s in the place of the log is left alone and explained", async (_what, trouble, prepare) => {
  prepare(file);
  await expect(open()).rejects.toMatchObject({
    name: "StoreFailure",
    trouble,
    message: expect.stringContaining(file),
    cure: expect.stringMatching(/\.$/),
  });
});

test("a log of a newer version is refused", async () => {
  await (await open()).close();
  withDatabase(file, "PRAGMA user_version = 99");
  await expect(open()).rejects.toMatchObject({ trouble: "too-new" });
});

test("a log of the first version is brought up to date, by two at once, and keeps what it has", async () => {
  const before = await open();
  await before.append([append("a", 0, { command: command("c") })]);
  await before.close();
  withDatabase(file, "DROP TABLE claims; DROP TABLE snapshots; ALTER TABLE head DROP COLUMN rules; PRAGMA user_version = 1");

  const [left, right] = await Promise.all([open(), open()]);
  expect((await appendOne(left, append("a", 0, { command: command("c") }))).kind).toBe("repeated");
  expect((await appendOne(left, append("a", 1, { claims: [claim("jane")] }))).kind).toBe("appended");
  expect((await appendOne(right, append("b", 0, { claims: [claim("jane")] }))).kind).toBe("rejected");
  await Promise.all([left.close(), right.close()]);
});

test("several processes may make the same new files at the same time", async () => {
  const child = new URL("./store-open-child.ts", import.meta.url).pathname;
  const start = String(Date.now() + 500);
  const opening = ["a", "b", "c"].map(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [child, folder, start]);
    return stdout;
  });
  expect(await Promise.all(opening)).toEqual(["", "", ""]);
});

test("a file in the way of its folder is explained", async () => {
  writeFileSync(join(folder, "flat"), "");
  await expect(open(join(folder, "flat/log.db"))).rejects.toMatchObject({ trouble: "not-writable" });
});

test.runIf(process.platform === "linux")("a folder that the file system has no room for is explained", async () => {
  await expect(open("/proc/nowhere/at/all/log.db")).rejects.toMatchObject({ trouble: "not-writable" });
});

test("a failing commit acknowledges nothing, and the log goes on when the trouble is over", async () => {
  const log = await open(file, 50);
  await log.append([append("a", 0)]);
  const thief = new DatabaseSync(file);
  thief.exec("BEGIN IMMEDIATE");
  await expect(log.append([append("a", 1)])).rejects.toMatchObject({ name: "StoreFailure", trouble: "locked" });
  thief.exec("ROLLBACK");
  thief.close();

  expect((await appendOne(log, append("a", 1))).kind).toBe("appended");
  expect((await log.head()).position).toBe(2);
  await log.close();
});

test("each code of SQLite that an operator can do something about has a sentence and a cure", () => {
  const failureOf = (errcode: number) => storeFailureOf(Object.assign(new Error("sqlite"), { errcode }), "log.db");
  expect(failureOf(13)).toMatchObject({ trouble: "full", message: "There is no space left to write log.db." });
  expect(failureOf(778)).toMatchObject({ trouble: "unreadable" });
  expect(failureOf(8)).toMatchObject({ trouble: "not-writable" });
  expect(failureOf(11)).toMatchObject({ trouble: "damaged" });
  expect(failureOf(1)).toBeUndefined();
  expect(storeFailureOf(new TypeError("ours"), "log.db")).toBeUndefined();
});

function withDatabase(at: string, sql: string): void {
  const database = new DatabaseSync(at);
  database.exec(sql);
  database.close();
}
