import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunningChat } from "./running-chat.ts";

const server = fileURLToPath(new URL("../../../examples/chat/server/server.ts", import.meta.url));
const chat = new RunningChat();
const later = { prefer: "respond-async" };

beforeAll(() => chat.start());
afterAll(() => chat.end());

test("who does not want to wait is told that it will be done, and can ask what became of it", async () => {
  const key = { "idempotency-key": "later-1" };
  const told = await chat.send("later", "send", { text: "hey" }, { ...later, ...key });
  expect([told.status, told.headers["preference-applied"], told.json()]).toEqual([202, "respond-async", { id: "later-1" }]);
  expect((await chat.send("later", "send", { text: "hey" }, key)).json()).toMatchObject({ events: ["sent"], revision: 1 });
  expect((await chat.send("later", "send", { text: "hey" }, { ...later, ...key })).status).toBe(202);
  await expect.poll(() => readFileSync(join(chat.folder, "inbox.jsonl"), "utf8")).toBe("");
  expect((await chat.send("later", "like")).json()).toMatchObject({ revision: 2 });
});

test("a rejection is what became of it, too", async () => {
  const key = { "idempotency-key": "later-2" };
  expect((await chat.send("later-2", "send", { text: "" }, { ...later, ...key, prefer: "wait=10, respond-async" })).status).toBe(202);
  expect((await chat.send("later-2", "send", { text: "" }, key)).json()).toMatchObject({ type: "rejected", detail: "Text is missing." });
});

test.each([
  ["is not valid", "send", { text: 1 }, 400],
  ["is not there", "sned", { text: "a" }, 404],
])("what %s is refused at once", async (_, command, data, status) => {
  expect((await chat.send("never", command, data, later)).status).toBe(status);
});

test("what was accepted is carried out once, however often the process is killed", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-inbox-"));
  const accepted: string[] = [];
  for (let round = 0; round < 4; round++) {
    const running = await start(folder);
    const sending = Array.from({ length: 40 }, async (_, number) => {
      const id = `m-${round}-${number}`;
      const answer = await send(running.url, id, later).catch(() => undefined);
      if (answer?.status === 202) accepted.push(id);
    });
    await Promise.race(sending);
    running.child.kill("SIGKILL");
    await Promise.all(sending);
    await running.exited;
  }
  // What a process was writing when it died was never promised.
  appendFileSync(join(folder, "inbox.jsonl"), '{"request":{"id":"ha');

  const { url, child, exited } = await start(folder);
  expect(accepted.length).toBeGreaterThan(0);
  for (const id of accepted) expect(await (await send(url, id)).json()).toMatchObject({ revision: 1, events: ["sent"] });
  await expect.poll(() => readFileSync(join(folder, "inbox.jsonl"), "utf8"), { timeout: 10_000 }).toBe("");
  child.kill("SIGTERM");
  await exited;
  rmSync(folder, { recursive: true });
});

function send(url: string, id: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${url}/api/commands/communication/message/${id}/send`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `command-${id}`, ...headers },
    body: '{"text":"hey"}',
  });
}

async function start(folder: string) {
  const child = spawn(
    process.execPath,
    [server, "--http", "--port", "0", "--host", "127.0.0.1", "--store", `sqlite:${join(folder, "chat.db")}`],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const exited = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /running at (http:[^"\s]+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    void exited.then(() => reject(new Error(said)));
  });

  return { child, url, exited };
}
