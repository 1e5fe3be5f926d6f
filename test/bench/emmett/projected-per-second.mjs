// A projection of Emmett's on SQLite, run by ../lists.ts in a process of its own: its consumer follows the log with a processor for the projection.
// Arguments: file, events. Prints one line of JSON.

import { appendToStream, getSQLiteEventStore, sqliteConnection } from "@event-driven-io/emmett-sqlite";

const [file, count] = [process.argv[2], Number(process.argv[3])];
const perStream = 2;
const batchSize = 2_000;

const store = getSQLiteEventStore({ fileName: file });
await store.appendToStream("message-first", [{ type: "begun", data: {} }]);
const connection = sqliteConnection({ fileName: file });
for (let number = 0; number < count; number += perStream) {
  const events = [
    { type: "sent", data: { text: `Hello, number ${number}`, timestamp: new Date().toISOString() }, metadata: {} },
    { type: "liked", data: { likes: 1 }, metadata: {} },
  ];
  await appendToStream(connection, `message-${crypto.randomUUID()}`, "message", events);
}

await connection.command("PRAGMA synchronous = NORMAL");
await connection.command(
  "CREATE TABLE messages (id TEXT PRIMARY KEY NOT NULL, text TEXT, likes INTEGER, timestamp TEXT) STRICT, WITHOUT ROWID",
);

const handlers = {
  sent: (id, { text, timestamp }, on) => on.command("INSERT OR REPLACE INTO messages VALUES (?, ?, 0, ?)", [id, text, timestamp]),
  liked: (id, { likes }, on) => on.command("UPDATE messages SET likes = ? WHERE id = ?", [likes, id]),
};
const projection = {
  name: "messages",
  canHandle: Object.keys(handlers),
  async handle(events, context) {
    for (const { type, data, metadata } of events) await handlers[type](metadata.streamName, data, context.connection);
  },
};

let handled = 0;
const consumer = store.consumer({ pulling: { batchSize, pullingFrequencyInMs: 10 } });
consumer.processor({ projection, startFrom: "BEGINNING", stopAfter: () => ++handled > count });
connection.close();
const start = performance.now();
await consumer.start();
const seconds = (performance.now() - start) / 1000;
const { rows, likes } = await sqliteConnection({ fileName: file }).querySingle(
  "SELECT count(*) AS rows, sum(likes) AS likes FROM messages",
);
console.log(JSON.stringify({ perSecond: count / seconds, missing: count - rows - likes }));
process.exit(0);
