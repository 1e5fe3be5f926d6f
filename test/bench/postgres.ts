import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import type { Append, EventLog } from "../../runtime/store/event-log.ts";
import { readPostgresAddress, type PostgresAddress } from "../../runtime/store/postgres/address.ts";
import { openPostgresLog } from "../../runtime/store/postgres/log.ts";
import { startPostgres } from "../postgres/server.ts";
import { manyMessages, oneMessage } from "./chat-load.ts";
import { inWords, median, type Row } from "./row.ts";

const rounds = 3;
const emmettSeconds = 5;
const commandsMany = 20_000;
const commandsHot = 10_000;
const commandsSingle = 1_000;
const batches = 300;
const batchSize = 64;
const newId = () => timeOrderedId();

/**
 * The same commands on PostgreSQL, which waits for the disk (`synchronous_commit=on`), beside Emmett on the same server; and bare appends beside bare inserts of the
 * same rows into equal tables, in batches of the same size. What shares a disk is measured in turns, and the medians are compared.
 */
export async function benchPostgres(): Promise<readonly Row[]> {
  const postgres = await startPostgres();
  const figures = { many: [] as number[], single: [] as number[], hot: [] as number[], raw: [] as number[], bare: [] as number[] };
  const theirs = { many: [] as number[], single: [] as number[], hot: [] as number[] };
  try {
    for (let round = 0; round < rounds; round++) {
      const address = readPostgresAddress(`${postgres.url}?schema=round_${round}`)!;
      const log = await openPostgresLog(address, { newId });
      figures.many.push((await manyMessages(log, { commands: commandsMany, inFlight: 64 })).perSecond);
      figures.single.push((await manyMessages(log, { commands: commandsSingle, inFlight: 1 })).perSecond);
      figures.hot.push((await oneMessage(log, { commands: commandsHot, inFlight: 32 })).perSecond);
      figures.raw.push(await rawAppends(log));
      figures.bare.push(await bareInserts(address));
      await log.close();
      const emmetts = await emmett(postgres.url, round);
      for (const name of ["many", "single", "hot"] as const) theirs[name].push(emmetts[name]);
    }
  } finally {
    await postgres.dispose();
  }

  const against = (name: string, ours: readonly number[], peer: string, others: readonly number[], limit: number): Row => {
    const [value, other] = [median(ours), median(others)];
    return { name, value, unit: "per second", peer: { name: peer, value: other }, ratio: value / other, limit };
  };
  return [
    against("commands on PostgreSQL, 64 in flight", figures.many, "Emmett on PostgreSQL", theirs.many, 10),
    against("commands on PostgreSQL, one message, 32 in flight", figures.hot, "Emmett on PostgreSQL", theirs.hot, 50),
    against("commands on PostgreSQL, 1 in flight", figures.single, "Emmett on PostgreSQL", theirs.single, 3),
    against(`appends to PostgreSQL, batches of ${batchSize}`, figures.raw, "bare inserts of the same rows", figures.bare, 0.6),
  ];
}

async function rawAppends(log: EventLog): Promise<number> {
  const start = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    const appended = await log.append(Array.from({ length: batchSize }, (_, number) => newMessage(batch * batchSize + number)));
    if (appended.some(({ kind }) => kind !== "appended")) throw new Error("An append to a new aggregate was not taken.");
  }
  return (batches * batchSize) / ((performance.now() - start) / 1000);
}

function newMessage(number: number): Append {
  const id = newId();
  return {
    context: "communication",
    aggregate: "message",
    aggregateId: newId(),
    expectedRevision: 0,
    events: [{ id: newId(), name: "sent", version: 1, data: { text: `Hello, number ${number}` } }],
    userId: null,
    timestamp: new Date().toISOString(),
    correlationId: id,
    causationId: id,
    command: { id, digest: "22-characters-of-digest", outcome: { kind: "handled" } },
  };
}

/** The rows that those leave behind, by somebody who checks nothing and waits for nobody. */
async function bareInserts({ connectionString, schema }: PostgresAddress): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(
    `CREATE TABLE bare_events (LIKE ${schema}.events INCLUDING ALL); CREATE TABLE bare_commands (LIKE ${schema}.commands INCLUDING ALL)`,
  );
  const start = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    const appends = Array.from({ length: batchSize }, (_, number) => newMessage(batch * batchSize + number));
    const column = (value: (append: Append, index: number) => unknown) => appends.map(value);
    await client.query("BEGIN");
    await client.query({
      name: "commands",
      text: "INSERT INTO bare_commands SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::json[], $6::json[])",
      values: [
        column(({ command }) => command.id),
        column(({ command }) => command.digest),
        column((_, index) => batch * batchSize + index + 1),
        column(() => 1),
        column(() => '["sent"]'),
        column(() => null),
      ],
    });
    await client.query({
      name: "events",
      text: `INSERT INTO bare_events SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[],
        $8::integer[], $9::json[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])`,
      values: [
        column((_, index) => batch * batchSize + index + 1),
        column(({ events }) => events[0]!.id),
        column(({ context }) => context),
        column(({ aggregate }) => aggregate),
        column(({ aggregateId }) => aggregateId),
        column(() => 1),
        column(() => "sent"),
        column(() => 1),
        column(({ events }) => JSON.stringify(events[0]!.data)),
        column(({ timestamp }) => timestamp),
        column(() => null),
        column(({ command }) => command.id),
        column(({ correlationId }) => correlationId),
        column(({ causationId }) => causationId),
      ],
    });
    await client.query("COMMIT");
  }
  const perSecond = (batches * batchSize) / ((performance.now() - start) / 1000);
  await client.end();
  return perSecond;
}

interface EmmettFigures {
  readonly many: number;
  readonly single: number;
  readonly hot: number;
}

/** In a process and a database of its own. It is installed when it is needed first. */
async function emmett(url: string, round: number): Promise<EmmettFigures> {
  const folder = join(import.meta.dirname, "emmett-postgres");
  if (!existsSync(join(folder, "node_modules")))
    execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const database = `emmett_${round}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${database}`);
  await client.end();

  const address = url.replace(/\/postgres$/, `/${database}`);
  const output = execFileSync(process.execPath, ["commands-per-second.mjs", address, String(emmettSeconds)], {
    cwd: folder,
    encoding: "utf8",
  });
  const { waits, lost, ...figures } = JSON.parse(output);
  if (waits !== "on" || lost !== 0) throw new Error(`Emmett did not run as durably as we do: ${output}`);
  return figures;
}

if (import.meta.main) for (const row of await benchPostgres()) console.log(inWords(row));
