import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "../../runtime/protocol/event.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { fillLog, openLog } from "../../runtime/store/open-log.ts";
import { readStoreAddress, type StoreAddress } from "../../runtime/store/store-address.ts";
import type { LogPart } from "../../runtime/store/stored-log.ts";
import { startPostgres } from "../postgres/server.ts";
import { manyMessages } from "./chat-load.ts";
import { inWords, median } from "./row.ts";

/**
 * `node test/bench/growth.ts [EVENTS]`: what a command costs when the log holds 50,000 events, and when it holds five million. It takes its time, so it is
 * no part of `npm run bench`.
 */
const small = 50_000;
const large = Number(process.argv[2] ?? 5_000_000);
const atOnce = 2_000;
const eventsPerMessage = 5;
const rounds = 5;
const load = { commands: 10_000, inFlight: 64 };
const newId = () => timeOrderedId();

const data = join(import.meta.dirname, "data");
mkdirSync(data, { recursive: true });
const folder = mkdtempSync(join(data, "growth-"));
const postgres = await startPostgres();
try {
  const stores = {
    SQLite: (size: number) => `sqlite:${join(folder, `${size}.db`)}`,
    PostgreSQL: (size: number) => `${postgres.url}?schema=size_${size}`,
  };
  for (const [engine, of] of Object.entries(stores)) {
    const [few, many] = [readStoreAddress(of(small), "/")!, readStoreAddress(of(large), "/")!];
    await fillLog(few, history(small), newId());
    await fillLog(many, history(large), newId());
    const costs = { few: [] as number[], many: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      costs.few.push(await cost(few));
      costs.many.push(await cost(many));
    }
    const [value, other] = [median(costs.many), median(costs.few)];
    const name = `a command on ${engine}, ${large.toLocaleString("en")} events`;
    const peer = { name: `with ${small.toLocaleString("en")}`, value: other };
    console.log(inWords({ name, value, unit: "µs", peer, ratio: value / other, limit: 1.3, lessIsBetter: true }));
  }
} finally {
  rmSync(folder, { recursive: true });
  await postgres.dispose();
}

async function cost(store: StoreAddress): Promise<number> {
  const log = await openLog(store, { newId });
  const { perSecond } = await manyMessages(log, load);
  await log.close();
  return 1_000_000 / perSecond;
}

/** Messages with some likes each, as they would have come. */
async function* history(events: number): AsyncIterable<LogPart> {
  let id = "";
  for (let position = 1; position <= events;) {
    const part: Event[] = [];
    for (; part.length < atOnce && position <= events; position++) {
      const revision = ((position - 1) % eventsPerMessage) + 1;
      if (revision === 1) id = newId();
      part.push(eventAt(position, id, revision));
    }
    const commands = part.map(({ name, metadata }) => ({
      ...{ id: metadata.commandId, digest: "22-characters-of-digest", position: metadata.position, revision: metadata.revision },
      ...{ events: [name], problem: null },
    }));
    yield { events: part, commands };
  }
}

function eventAt(position: number, aggregateId: string, revision: number): Event {
  const command = newId();
  const [name, content] = revision === 1 ? ["sent", { text: `Hello, number ${position}` }] : ["liked", { likes: revision - 1 }];
  return {
    id: newId(),
    context: { name: "communication" },
    aggregate: { name: "message", id: aggregateId },
    name: name as string,
    data: content,
    user: { id: null },
    metadata: {
      ...{ timestamp: "2026-01-31T09:30:00.000Z", position, revision, version: 1 },
      ...{ commandId: command, correlationId: command, causationId: command },
    },
  };
}
