import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../../examples/shop/client/shop.ts";
import { shop } from "../../examples/shop/server/server.ts";
import { product } from "../../examples/shop/server/writeModel/catalog/product.ts";
import type { Application } from "../../runtime/application.ts";
import type { Options } from "../../runtime/options.ts";
import { replayList } from "../../runtime/replay-list.ts";
import { serve, type Served } from "../../runtime/serve.ts";
import { tellParked } from "../../runtime/tell-parked.ts";
import { postgresAddress } from "./store-engines.ts";

/** Two servers of the shop on one PostgreSQL: everything is shared but the processes' memory. */
let folder: string;
const servers: Served[] = [];
const errors: string[] = [];
const infos: string[] = [];

const options = (): Options => ({
  ...{ port: 0, host: "localhost", http: true, dev: true },
  ...{ store: { kind: "postgres", address: postgresAddress(folder) }, data: folder, lists: join(folder, "shop.lists.db") },
});

const inSqlite = (): Options => ({ ...options(), store: { kind: "sqlite", file: join(folder, "shop.db") } });

async function start(name: string, options: Options, application = shop): Promise<Served> {
  const journal = {
    info: (sentence: string) => infos.push(`${name}: ${sentence}`),
    error: (sentence: string, fault?: unknown) => errors.push(`${name}: ${sentence} ${String(fault)}`),
  };
  const served = await serve(application, { ...options, metrics: 0, client: join(folder, "client"), journal });
  servers.push(served);
  return served;
}

async function ask(served: Served, path: string, body?: object): Promise<any> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${served.url}${path}`, body && { method: "POST", headers, body: JSON.stringify(body) });
  return answer.json();
}

async function as(served: Served, name: string, ...roles: readonly string[]) {
  const { token } = await ask(served, "/dev/login", { name, roles });
  return connect(served.url, { token: () => token });
}

async function measuredBy(name: string): Promise<string> {
  const said = infos.find((sentence) => sentence.startsWith(`${name}: What is measured`));
  return (await fetch(said!.split(" ").at(-1)!)).text();
}

const health = (served: Served) => ask(served, "/health/ready");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-two-"));
});

afterEach(async () => {
  for (const served of servers.splice(0)) await served.close();
  errors.length = 0;
  infos.length = 0;
  rmSync(folder, { recursive: true });
});

test(
  "both answer the same and tell their observers, one runs the flows, and where it ends the other goes on",
  { timeout: 60_000 },
  async () => {
    const first = await start("first", options());
    const second = await start("second", options());
    expect(infos.filter((said) => said.includes("runs the flows"))).toEqual([
      "first: This process runs the flows.",
      "second: Another process runs the flows, or the database cannot be reached; this one stands by.",
    ]);
    const [ofFirst, ofSecond] = [await measuredBy("first"), await measuredBy("second")];
    for (const name of ['wkgen_flow_runner{flow="fulfilment"}', 'wkgen_list_leader{list="orders"}']) {
      expect(ofFirst).toContain(`${name} 1`);
      expect(ofSecond).toContain(`${name} 0`);
    }
    expect((await health(first)).flows).toMatchObject([{ flow: "fulfilment", status: "running" }]);
    expect(await health(second)).toMatchObject({ status: "ready", flows: [{ flow: "fulfilment", status: "standing by", parked: 0 }] });

    const [jane, clerk] = [await as(first, "jane"), await as(second, "carl", "clerk")];
    const seen: unknown[] = [];
    const observing = clerk.lists.openPayments.readAndObserve({});
    observing.started((rows) => seen.push(rows.map(({ order }) => order))).updated((rows) => seen.push(rows.map(({ order }) => order)));
    const place = async (id: string) => {
      await jane.ordering.order(id).addItem({ sku: "ABC-0001", quantity: 2, price: "10.50" });
      await jane.ordering.order(id).place();
    };
    await place("o1");
    await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toEqual(["o1"]);

    const orders = async () => [await jane.lists.orders.read({}), await (await as(second, "jane")).lists.orders.read({})];
    const [one, other] = await orders();
    expect(one).toMatchObject([{ id: "o1", status: "placed", total: "21" }]);
    expect(other).toEqual(one);

    const said: string[] = [];
    await replayList(shop, options(), "orders", { info: (sentence) => said.push(sentence), error: (sentence) => said.push(sentence) });
    expect(said.at(-1)).toMatch(/^The list orders has been made anew from \d+ events\.$/);
    await expect.poll(orders).toEqual([one, one]);
    await tellParked(options().store, false, (line) => said.push(line));
    expect(said.at(-1)).toBe("No command is parked.");

    await servers.shift()!.close();
    await expect.poll(async () => (await health(second)).flows[0].status, { timeout: 10_000 }).toBe("running");
    const [payment] = await clerk.lists.openPayments.read({});
    await clerk.billing.payment(payment!.id).receive();
    await expect.poll(async () => (await clerk.lists.orders.read({})).map(({ status }) => status), { timeout: 10_000 }).toEqual(["paid"]);
    expect(seen.at(-1)).toEqual([]);
    expect(errors).toEqual([]);
  },
);

/** The shop's next release: products can do something else in it, or come to their sku otherwise. */
function release(changed: "a new event" | "how a sku comes about"): Application {
  const { restocked, introduced } = product.events;
  const events =
    changed === "a new event"
      ? { ...product.events, counted: restocked }
      : { ...product.events, introduced: { ...introduced, version: 2 } };

  return { ...shop, aggregates: shop.aggregates.map((one) => (one === product ? { ...product, events } : one)) };
}

test.each([
  ["a new event", { status: "ready", log: { status: "ready" } }],
  [
    "how a sku comes about",
    {
      status: "not ready",
      log: { status: "not ready", reason: expect.stringMatching(/unique fields.*Start this process again with that model\.$/) },
    },
  ],
] as const)(
  "while the next release starts beside a server, that goes on if it agrees about unique values: %s",
  async (changed, expected) => {
    const old = await start("old", options());
    const next = await start("next", options(), release(changed));
    const introduce = async (served: Served, sku: string) => {
      const { token } = await ask(served, "/dev/login", { name: "carl", roles: ["clerk"] });
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
      const body = JSON.stringify({ sku, price: "1", stock: 1 });
      const { status } = await fetch(`${served.url}/api/commands/catalog/product/${sku}/introduce`, { method: "POST", headers, body });
      return status;
    };
    expect(await introduce(next, "ABC-0001")).toBe(200);
    expect(await introduce(old, "ABC-0002")).toBe(changed === "a new event" ? 200 : 503);
    await expect.poll(() => health(old)).toMatchObject(expected);
    // Its lists may still be being made.
    await expect.poll(async () => (await health(next)).status).toBe("ready");
  },
);

test("where the file of the flows is lost beside a log that has events, the log says so", async () => {
  const file = join(folder, "shop.flows.db");
  const first = await start("first", inSqlite());
  await (await as(first, "jane")).ordering.order("o1").addItem({ sku: "ABC-0001", quantity: 2, price: "10.50" });
  await first.close();
  await (await start("second", inSqlite())).close();
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
  await (await start("third", inSqlite())).close();

  expect(infos.filter((said) => said.includes("There is no"))).toEqual([
    expect.stringMatching(/^third: There is no \S+shop\.flows\.db, though the log is at position \d+: the flows begin anew\./),
  ]);
  expect(errors).toEqual([]);
});

test("of two on one SQLite, one runs the flows, and where it is killed the other goes on", { timeout: 60_000 }, async () => {
  const server = fileURLToPath(new URL("../../examples/shop/server/server.ts", import.meta.url));
  const first = spawn(process.execPath, [server, "--port", "0", "--http", "--store", `sqlite:${join(folder, "shop.db")}`]);
  await once(first.stdout, "data");
  const second = await start("second", inSqlite());
  expect(infos).toContain("second: Another process runs the flows; this one stands by.");
  expect(await health(second)).toMatchObject({ status: "ready", flows: [{ flow: "fulfilment", status: "standing by" }] });
  expect(await measuredBy("second")).toContain('wkgen_flow_runner{flow="fulfilment"} 0');

  first.kill("SIGKILL");
  await expect.poll(async () => (await health(second)).flows[0].status, { timeout: 10_000 }).toBe("running");
  expect(infos.at(-1)).toBe("second: This process runs the flows.");
  expect(await measuredBy("second")).toContain('wkgen_flow_runner{flow="fulfilment"} 1');
  const jane = await as(second, "jane");
  await jane.ordering.order("o1").addItem({ sku: "ABC-0001", quantity: 2, price: "10.50" });
  await jane.ordering.order("o1").place();
  const clerk = await as(second, "carl", "clerk");
  await expect.poll(async () => (await clerk.lists.openPayments.read({})).length, { timeout: 10_000 }).toBe(1);
  expect(errors).toEqual([]);
});

test("one on SQLite says nothing of its flows, which nobody else could run", async () => {
  const only = await start("only", inSqlite());
  expect((await health(only)).flows).toMatchObject([{ flow: "fulfilment", status: "running" }]);
  expect(infos.filter((said) => said.includes("flows"))).toEqual([]);
});
