import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../../examples/chat/client/chat.ts";
import { chat } from "../../../examples/chat/server/server.ts";
import { serve, type Served } from "../../../runtime/serve.ts";
import { readPostgresAddress } from "../../../runtime/store/postgres/address.ts";
import { startPostgres, type PostgresServer } from "../../postgres/server.ts";

let database: PostgresServer;
let folder: string;
let served: Served;
const told: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-away-"));
  database = await startPostgres();
  const journal = {
    info: (sentence: string) => void told.push(sentence),
    error: (sentence: string, fault?: unknown) => void told.push(fault === undefined ? sentence : `${sentence} ${String(fault)}`),
  };
  const store = { kind: "postgres", address: readPostgresAddress(database.url)! } as const;
  const kept = { store, data: folder, lists: join(folder, "chat.lists.db"), client: join(folder, "client") };
  served = await serve(chat, { port: 0, host: "localhost", http: true, dev: false, ...kept, journal });
});

afterAll(async () => {
  await served.close();
  await database.dispose();
  rmSync(folder, { recursive: true });
});

test("while the database is away, whoever asks hears that it is not now, and the log says once that it is away and once that it is back", async () => {
  const one = "/api/aggregates/communication/message/m1";
  const paths = ["/api/lists/messages", "/api/lists/messages?count=true", one, `${one}/history`];
  const ask = async (path: string) => {
    const answer = await fetch(served.url + path);

    return [answer.status, ((await answer.json()) as { readonly type?: string }).type];
  };
  const client = await connect(served.url);
  await client.communication.message("m1").send({ text: "hello" });
  await expect.poll(() => client.lists.messages.count({})).toBe(1);

  await database.stop();
  expect(await Promise.all(paths.map(ask))).toEqual(paths.map(() => [503, "unavailable"]));
  await expect(client.lists.messages.read({})).rejects.toMatchObject({ problem: { type: "unavailable" } });
  expect(await Promise.all(paths.map(ask))).toEqual(paths.map(() => [503, "unavailable"]));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(
    /^PostgreSQL at 127\.0\.0\.1:\d+ cannot be reached\. .* Until it is back, what needs it is answered "unavailable"\.$/,
  );

  await database.start();
  await expect.poll(() => told.slice(1)).toEqual(["The database is back."]);
  expect(await client.lists.messages.count({})).toBe(1);
  expect(await Promise.all(paths.map(ask))).toEqual(paths.map(() => [200, undefined]));
  client.close();
  expect(told).toHaveLength(2);
});
