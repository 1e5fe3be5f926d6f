import fastify from "fastify";
import { readFileSync } from "node:fs";

// What the chat's route is compared with: the same address, the same schema, an answer of the same form, and nothing behind it.
const [certificate, key] = process.argv.slice(2);
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
let position = 0;

server.post("/api/commands/:context/:aggregate/:id/:command", { schema }, async () => ({
  position: ++position,
  revision: 1,
  events: ["sent"],
}));
process.stdout.write(`bare is running at ${await server.listen({ host: "127.0.0.1", port: 0 })}\n`);
process.on("SIGTERM", () => void server.close());
