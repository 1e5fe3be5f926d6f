// Emmett on PostgreSQL, run by ../postgres.ts in a process of its own, by its documented `CommandHandler`. Arguments: the address of the database, seconds for each
// figure. Prints one line of JSON. Commands that it gives up because another one was first are sent again, and counted when they succeed.

import { CommandHandler, IllegalStateError } from "@event-driven-io/emmett";
import { getPostgreSQLEventStore } from "@event-driven-io/emmett-postgresql";
import pg from "pg";

const [url, seconds] = [process.argv[2], Number(process.argv[3])];

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

const store = getPostgreSQLEventStore(url);
const handle = CommandHandler({ evolve, initialState });
let expected = 0;

async function carriedOut(stream, decide) {
  for (;;) {
    try {
      await handle(store, stream, decide);
      expected++;
      return;
    } catch (error) {
      if (!/concurrency|version/i.test(`${error.name} ${error.message}`)) throw error;
    }
  }
}

async function perSecond(inFlight, step) {
  let commands = 0;
  const start = performance.now();
  const sender = async () => {
    while (performance.now() - start < seconds * 1000) await step(commands++);
  };
  await Promise.all(Array.from({ length: inFlight }, sender));
  return commands / ((performance.now() - start) / 1000);
}

const streams = [];
async function many(number) {
  const isNew = number % 2 === 0 || streams.length === 0;
  const stream = isNew ? `message-${crypto.randomUUID()}` : streams[Math.floor(Math.random() * streams.length)];
  await carriedOut(stream, isNew ? send(`Hello, number ${number}`) : like);
  if (isNew) streams.push(stream);
}

await carriedOut("message-hot", send("It makes its tables first."));
const figures = {
  many: await perSecond(64, many),
  single: await perSecond(1, many),
  hot: await perSecond(32, () => carriedOut("message-hot", like)),
};

const client = new pg.Client(url);
await client.connect();
const { rows } = await client.query("SELECT count(*)::int AS count, current_setting('synchronous_commit') AS waits FROM emt_messages");
console.log(JSON.stringify({ ...figures, waits: rows[0].waits, lost: expected - rows[0].count }));
process.exit(0);
