import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { readPostgresAddress, type PostgresAddress } from "../../runtime/store/postgres/address.ts";
import { openPostgresLog } from "../../runtime/store/postgres/log.ts";
import { storeFailureOf } from "../../runtime/store/postgres/trouble.ts";
import { append, appendOne, claim, command } from "./store-append.ts";
import { postgresAddress } from "./store-engines.ts";

let folder: string;
let address: PostgresAddress;
let ids = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-postgres-"));
  address = postgresAddress(folder);
});

afterEach(() => rmSync(folder, { recursive: true }));

const open = (at = address, patience = 5_000) => openPostgresLog(at, { newId: () => `id-${++ids}`, patience });

/** As somebody else who uses the same database. */
async function asAdministrator<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: inject("postgres") });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

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

test("a log of the first version is brought to the present one, and goes on", async () => {
  const before = await open();
  await before.append([append("a", 0)]);
  await before.close();
  await asAdministrator(async (client) => {
    await client.query(`SET search_path TO ${address.schema}`);
    await client.query("DROP FUNCTION append_event");
    await client.query("UPDATE head SET version = 1");
  });

  const [left, right] = await Promise.all([open(), open()]);
  expect((await appendOne(left, append("a", 1))).kind).toBe("appended");
  expect((await appendOne(right, append("a", 2))).kind).toBe("appended");
  await Promise.all([left.close(), right.close()]);
});

test("ten that open a new log at the same time open the same one", async () => {
  const logs = await Promise.all(Array.from({ length: 10 }, () => open()));
  const incarnations = await Promise.all(logs.map(async (log) => (await log.head()).incarnation));
  expect(new Set(incarnations).size).toBe(1);
  await Promise.all(logs.map((log) => log.close()));
});

test("two connections count together and see each other's conflicts, commands and claims", async () => {
  const [left, right] = await Promise.all([open(), open()]);
  await left.append([append("a", 0, { command: command("c"), claims: [claim("jane")] })]);
  expect((await appendOne(right, append("a", 0))).kind).toBe("conflict");
  expect((await appendOne(right, append("b", 0, { command: command("c") }))).kind).toBe("repeated");
  expect((await appendOne(right, append("b", 0, { claims: [claim("jane")] }))).kind).toBe("rejected");
  expect((await appendOne(right, append("a", 1))).kind).toBe("appended");

  const many = Array.from({ length: 200 }, (_, index) => index);
  await Promise.all(many.map((index) => (index % 2 === 0 ? left : right).append([append(`m${index}`, 0)])));
  const positions = (await left.read(0, 1000)).map(({ metadata }) => metadata.position);
  expect(positions).toEqual(Array.from({ length: 202 }, (_, index) => index + 1));
  await Promise.all([left.close(), right.close()]);
});

test("an append of one is told to the others, once", async () => {
  const [left, right] = await Promise.all([open(), open()]);
  const told = Promise.withResolvers<number>();
  right.onGrown(told.resolve);
  // Whether it listens by now, nobody tells: append until it has heard.
  let revision = 0;
  const timer = setInterval(() => void left.append([append("a", revision++)]), 50);
  expect(await told.promise).toBeGreaterThan(0);
  clearInterval(timer);
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

test("it waits for the disk, whatever the database's habit is", async () => {
  const name = `hasty_${process.pid}`;
  await asAdministrator(async (client) => {
    await client.query(`CREATE DATABASE ${name}`);
    await client.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  });
  const at = readPostgresAddress(inject("postgres").replace(/\/postgres$/, `/${name}`))!;
  const client = new pg.Client({ connectionString: at.connectionString });
  await client.connect();
  const { rows } = await client.query("SHOW synchronous_commit");
  await client.end();
  await asAdministrator((administrator) => administrator.query(`DROP DATABASE ${name}`));
  expect(rows).toEqual([{ synchronous_commit: "on" }]);
});

test("values of any length are unique", async () => {
  const log = await open();
  const long = "x".repeat(100_000);
  expect((await appendOne(log, append("a", 0, { claims: [claim(long)] }))).kind).toBe("appended");
  expect((await appendOne(log, append("b", 0, { claims: [claim(long)] }))).kind).toBe("rejected");
  expect((await appendOne(log, append("b", 0, { claims: [claim(`${long}y`)] }))).kind).toBe("appended");
  await log.close();
});

test("it goes on where all of its connections are ended", async () => {
  const log = await open();
  await log.append([append("a", 0)]);
  await asAdministrator((client) =>
    client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wkgen' AND pid <> pg_backend_pid()"),
  );
  expect((await appendOne(log, append("a", 1))).kind).toBe("appended");
  expect(await log.read(0, 10)).toHaveLength(2);
  await log.close();
});

describe("what keeps it from working is told in one sentence, with a cure", () => {
  const failing = (change: (url: string) => string) => open(readPostgresAddress(change(inject("postgres")))!, 200);
  const expected = (trouble: string, sentence: RegExp) => ({
    name: "StoreFailure",
    trouble,
    message: expect.stringMatching(sentence),
    cure: expect.stringMatching(/\.$/),
  });

  test.each([
    ["nobody who listens", "unreachable", /^PostgreSQL at 127\.0\.0\.1:1 cannot/, (url: string) => url.replace(/:\d+\//, ":1/")],
    [
      "a host that is not there",
      "unreachable",
      /^PostgreSQL at nowhere\.invalid:/,
      (url: string) => url.replace("127.0.0.1", "nowhere.invalid"),
    ],
    ["a wrong password", "denied", /does not let the user postgres in\.$/, (url: string) => url.replace(":secret@", ":guess@")],
    ["a user who is not there", "denied", /does not let the user mallory in\.$/, (url: string) => url.replace("//postgres:", "//mallory:")],
    ["a database that is not there", "missing", /has no database nowhere\.$/, (url: string) => url.replace(/\/postgres$/, "/nowhere")],
  ])("%s", async (_what, trouble, sentence, change) => {
    await expect(failing(change)).rejects.toMatchObject(expected(trouble, sentence));
  });

  test("a schema with tables of somebody else, which are left alone", async () => {
    await asAdministrator((client) => client.query(`CREATE SCHEMA ${address.schema}; CREATE TABLE ${address.schema}.theirs (id text)`));
    await expect(open()).rejects.toMatchObject(expected("not-a-log", /has tables of another application\.$/));
  });

  test("a log of a newer version", async () => {
    await (await open()).close();
    await asAdministrator((client) => client.query(`UPDATE ${address.schema}.head SET version = 99`));
    await expect(open()).rejects.toMatchObject(expected("too-new", /written by a newer version of wkgen\.$/));
  });

  test("a database that may only be read; what is in it stays readable", async () => {
    const before = await open();
    await before.append([append("a", 0)]);
    await before.close();
    const readOnly = readPostgresAddress(`${inject("postgres")}?schema=${address.schema}&options=-c default_transaction_read_only=on`)!;
    const log = await open(readOnly);
    await expect(log.append([append("a", 1)])).rejects.toMatchObject(expected("not-writable", /is read-only\.$/));
    expect(await log.read(0, 10)).toHaveLength(1);
    await log.close();
  });

  test("a user who may not make a schema", async () => {
    const user = `reader_${process.pid}`;
    await asAdministrator((client) => client.query(`CREATE USER ${user} PASSWORD 'secret'`));
    const url = inject("postgres").replace("//postgres:", `//${user}:`);
    await expect(open(readPostgresAddress(`${url}?schema=${address.schema}`)!)).rejects.toMatchObject(
      expected("not-writable", /may not write the schema/),
    );
    await asAdministrator((client) => client.query(`DROP USER ${user}`));
  });

  test("a lock that somebody holds on the log; it goes on afterwards", { timeout: 60_000 }, async () => {
    const impatient = readPostgresAddress(`${inject("postgres")}?schema=${address.schema}`)!;
    const log = await open({
      ...impatient,
      connectionString: impatient.connectionString.replace("lock_timeout%3D10s", "lock_timeout%3D100ms"),
    });
    await asAdministrator(async (client) => {
      await client.query(`BEGIN; LOCK TABLE ${address.schema}.events IN ACCESS EXCLUSIVE MODE`);
      await expect(log.append([append("a", 0)])).rejects.toMatchObject(expected("locked", /is locked by another process\.$/));
      await client.query("ROLLBACK");
    });
    expect((await appendOne(log, append("a", 0))).kind).toBe("appended");
    await log.close();
  });

  test.each([
    ["53100", "full"],
    ["53300", "crowded"],
    ["57P03", "unreachable"],
    ["08006", "unreachable"],
    ["58030", "unreadable"],
    ["XX001", "damaged"],
  ])("the code %s is %s", (code, trouble) => {
    expect(storeFailureOf(Object.assign(new Error("postgres"), { code }), address)).toMatchObject({ trouble });
  });

  test("what is nobody's trouble but ours is thrown as it is", () => {
    expect(storeFailureOf(Object.assign(new Error("syntax error"), { code: "42601" }), address)).toBeUndefined();
    expect(storeFailureOf(new TypeError("ours"), address)).toBeUndefined();
  });
});

test.each([
  ["postgres://jane@db.example/shop", "db.example:5432", "wkgen"],
  ["postgresql://jane:p%40ss@[::1]:6000/shop?schema=shop_log&sslmode=require", "[::1]:6000", "shop_log"],
])("the address %s", (text, server, schema) => {
  expect(readPostgresAddress(text)).toMatchObject({ server, schema, database: "shop", user: "jane" });
});

test.each(["postgres://host/", "postgres://", "mysql://host/db", "postgres://host/db?schema=a-b", "postgres://host/db?schema=A"])(
  "%s is no address",
  (text) => expect(readPostgresAddress(text)).toBeUndefined(),
);
