// Emmett on SQLite, run by ../write.ts in a process of its own. Arguments: file, seconds. Prints one line of JSON.
//
// Its documented `CommandHandler` over `getSQLiteEventStore` opens and closes a connection for each operation and fails with several commands in
// flight (SQLITE_BUSY, SQLITE_MISUSE: the operations share a connection that the first to end closes). So it is measured twice, one command after
// the other: as documented, and with its own `readStream` and `appendToStream` on one connection that stays open, which is the fastest use we found.

import { CommandHandler, IllegalStateError } from "@event-driven-io/emmett";
import { appendToStream, getSQLiteEventStore, readStream, sqliteConnection } from "@event-driven-io/emmett-sqlite";

const [file, seconds] = [process.argv[2], Number(process.argv[3])];

const initialState = () => ({ exists: false, text: "", likes: 0 });
const evolve = (state, { type, data }) => (type === "sent" ? { ...state, exists: true, text: data.text } : { ...state, likes: data.likes });

const send = (text) => (state) => {
  if (state.exists) throw new IllegalStateError("This message exists already.");
  if (text === "") throw new IllegalStateError("Text is missing.");
  return { type: "sent", data: { text }, metadata: { commandId: crypto.randomUUID() } };
};

const like = (state) => {
  if (!state.exists) throw new IllegalStateError("This message does not exist.");
  return { type: "liked", data: { likes: state.likes + 1 }, metadata: { commandId: crypto.randomUUID() } };
};

const store = getSQLiteEventStore({ fileName: file });
const documented = CommandHandler({ evolve, initialState });
await documented(store, "message-first", send("It makes its tables first."));

const connection = sqliteConnection({ fileName: file });
const { journal_mode: journal } = await connection.querySingle("PRAGMA journal_mode");
await connection.command("PRAGMA synchronous = FULL");
const { synchronous } = await connection.querySingle("PRAGMA synchronous");

async function connected(_store, stream, decide) {
  const { events, currentStreamVersion } = await readStream(connection, stream);
  const event = decide(events.reduce(evolve, initialState()));
  const appended = await appendToStream(connection, stream, "message", [event], { expectedStreamVersion: currentStreamVersion });
  if (!appended.success) throw new Error(`${stream} was changed by somebody else.`);
}

async function perSecond(handle) {
  const streams = [];
  let commands = 0;
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    const stream = commands % 2 === 0 ? `message-${crypto.randomUUID()}` : streams[Math.floor(Math.random() * streams.length)];
    await handle(store, stream, commands % 2 === 0 ? send(`Hello, number ${commands}`) : like);
    if (commands++ % 2 === 0) streams.push(stream);
  }
  expected += commands;
  return commands / ((performance.now() - start) / 1000);
}

let expected = 1;
const figures = { documented: await perSecond(documented), connected: await perSecond(connected) };
const { count } = await connection.querySingle("SELECT count(*) AS count FROM emt_messages");
console.log(JSON.stringify({ ...figures, journal, synchronous, lost: expected - count }));
process.exit(0);
