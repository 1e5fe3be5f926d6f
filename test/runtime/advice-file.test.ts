import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chat } from "../../examples/chat/server/server.ts";
import { serve, type Served } from "../../runtime/serve.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { append, event } from "./store-append.ts";

const folder = mkdtempSync(join(tmpdir(), "wkgen-advice-"));
const file = join(folder, "advice.txt");
const log = join(folder, "chat.db");

const start = (): Promise<Served> =>
  serve(chat, {
    ...{ port: 0, host: "127.0.0.1", http: true, dev: false, client: folder },
    ...{ store: { kind: "sqlite", file: log }, data: folder, lists: join(folder, "chat.lists.db") },
  });

beforeAll(async () => {
  const filled = await openSqliteLog(log, { newId: () => "the incarnation" });
  await filled.append(
    Array.from({ length: 10_001 }, (_, index) => append(`m${index}`, 0, { events: [event("sent", { text: `hey ${index}` })] })),
  );
  await filled.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a question that no index serves leaves advice for the doctor, once, until the next start", async () => {
  const served = await start();
  const where = encodeURIComponent(JSON.stringify({ text: "hey 3" }));
  for (let times = 0; times < 3; times++) {
    const answer = await fetch(`${served.url}/api/lists/messages?after=10001&where=${where}`);
    expect(((await answer.json()) as { readonly rows: readonly unknown[] }).rows).toHaveLength(1);
  }
  await served.close();
  expect(readFileSync(file, "utf8")).toMatch(/^The list messages has more than 10000 rows, .*add "index by text" to it\.\n$/);

  await (await start()).close();
  expect(existsSync(file)).toBe(false);
});
