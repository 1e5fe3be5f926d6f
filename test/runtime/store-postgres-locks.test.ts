import { afterEach, expect, inject, test } from "vitest";
import pg from "pg";
import { readPostgresAddress } from "../../runtime/store/postgres/address.ts";
import { Locks } from "../../runtime/store/postgres/locks.ts";

const address = readPostgresAddress(inject("postgres"))!;
const open: Locks[] = [];

afterEach(() => Promise.all(open.splice(0).map((locks) => locks.close())));

function locksOfAProcess(): Locks {
  const locks = new Locks(address);
  open.push(locks);
  return locks;
}

test("a right is had by one, until it gives it back", async () => {
  const [one, other] = [locksOfAProcess(), locksOfAProcess()];
  expect(await one.take("to speak")).toBe(true);
  expect(await one.take("to speak")).toBe(true);
  expect(await other.take("to speak")).toBe(false);
  expect(await other.take("to listen")).toBe(true);

  await one.close();
  await expect.poll(() => other.take("to speak")).toBe(true);
  expect([one.holds("to speak"), other.holds("to speak")]).toEqual([false, true]);
});

test("whose connection is cut has lost all rights, hears of it, and can have them again", async () => {
  const [one, other] = [locksOfAProcess(), locksOfAProcess()];
  let lost = 0;
  one.onLost(() => lost++);
  expect(await one.take("to write")).toBe(true);

  const administrator = new pg.Client(address.connectionString);
  await administrator.connect();
  const mine = "((classid::bigint << 32) | objid::bigint) = hashtextextended('to write', 0)";
  await administrator.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND ${mine}`);
  await administrator.end();
  await expect.poll(() => lost).toBe(1);
  expect(one.holds("to write")).toBe(false);
  expect(await other.take("to write")).toBe(true);
  expect(await one.take("to write")).toBe(false);

  await other.close();
  await expect.poll(() => one.take("to write")).toBe(true);
});
