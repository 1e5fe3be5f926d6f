import { afterAll, beforeAll, expect, test } from "vitest";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { readPostgresAddress } from "../../runtime/store/postgres/address.ts";
import { openPostgresLog } from "../../runtime/store/postgres/log.ts";
import { startPostgres, type PostgresServer } from "../postgres/server.ts";
import { append } from "../runtime/store-append.ts";
import { audit, type Acknowledged } from "./audit.ts";
import { faults, type Size } from "./faults.ts";
import { postgresTables } from "./tables.ts";

/** Small, for every run of the tests; `npm run faults` takes its time. */
const size: Size = { cycles: 10, commands: 200 };
let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres.dispose());

test.each(Object.entries(faults))(
  "%s: nothing that was acknowledged is lost, nothing happens twice, who reads has what happened, and the auditor would have noticed",
  { timeout: 300_000 },
  async (_fault, bring) => {
    const { acknowledged, lost, doubled, holes, differences, overlooked } = await bring(size, postgres);
    expect(acknowledged).toBeGreaterThanOrEqual(100);
    const nothing = { lost: [], doubled: [], holes: [], differences: [], overlooked: [] };
    expect({ lost, doubled, holes, differences, overlooked }).toEqual(nothing);
  },
);

test("a log that does not wait for the disk does lose what it acknowledged when PostgreSQL is killed", { timeout: 120_000 }, async () => {
  await postgres.stop();
  await postgres.start("wal_writer_delay=10s");
  const address = readPostgresAddress(`${postgres.url}?schema=hasty`)!;
  await (await openPostgresLog(address, { newId: () => "incarnation" })).close();
  const connectionString = address.connectionString.replace("synchronous_commit%3Don", "synchronous_commit%3Doff");
  const log = await openPostgresLog({ ...address, connectionString }, { newId: () => timeOrderedId() });

  const record: Acknowledged[] = [];
  for (let count = 0; count < 20; count++) {
    const one = append(`message-${count}`, 0);
    const [appended] = await log.append([one]);
    if (appended?.kind === "appended")
      record.push({ commandId: one.command.id, aggregateId: one.aggregateId, position: appended.handled.position });
  }
  await postgres.kill();
  await postgres.start();
  await log.close();
  expect(record).toHaveLength(20);
  expect(audit(await postgresTables(postgres.url, "hasty"), record).lost).not.toEqual([]);
});
