import fastify from "fastify";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";

// What the chat's route is compared with: the same address, the same schema, an answer of the same form, and nothing behind it;
// or, with --store, one row that is on disk before the answer is sent, by the plainest of all ways.
const { values, positionals } = parseArgs({ options: { store: { type: "string" } }, allowPositionals: true });
const [certificate, key] = positionals;
const tls = certificate && key ? { cert: readFileSync(certificate), key: readFileSync(key) } : null;
const server = fastify({ https: tls });
const schema = {
  body: { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false },
  response: {
    200: {
      type: "object",
      properties: { position: { type: "integer" }, revision: { type: "integer" }, events: { type: "array", items: { type: "string" } } },
    },
  },
};
const insert = values.store === undefined ? undefined : prepareInsert(values.store);
let position = 0;

server.post<{ Params: { id: string } }>("/api/commands/:context/:aggregate/:id/:command", { schema }, async ({ params, body }) => {
  insert?.run(params.id, JSON.stringify(body));

  return { position: ++position, revision: 1, events: ["sent"] };
});
process.stdout.write(`bare is running at ${await server.listen({ host: "127.0.0.1", port: 0 })}\n`);
process.on("SIGTERM", () => void server.close());

function prepareInsert(file: string) {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE events (id TEXT PRIMARY KEY, data TEXT) STRICT");

  return database.prepare("INSERT INTO events VALUES (?, ?)");
}
