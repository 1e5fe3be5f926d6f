import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Event } from "../../runtime/protocol/event.ts";
import type { Row } from "../../runtime/protocol/query.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";

const server = fileURLToPath(new URL("../../examples/chat/server/server.ts", import.meta.url));
const kills = 4;
const senders = 16;

interface Sent {
  readonly id: string;
  readonly text: string;
  readonly position: number;
}

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "wkgen-kill-"))));
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

async function start(): Promise<string> {
  const started = spawn(process.execPath, [server, "--port", "0", "--http", "--store", `sqlite:${join(folder, "chat.db")}`], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child = started;
  const [message] = (await once(started, "message")) as [{ readonly url: string }];

  return message.url;
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const gone = once(child!, "exit");
  child!.kill(signal);
  await gone;
}

/** Sends messages one after the other until the server is gone, and says which were acknowledged. */
async function sendUntilGone(url: string, sender: string): Promise<readonly Sent[]> {
  const acknowledged: Sent[] = [];
  for (let number = 0; number < 100_000; number++) {
    const [id, text] = [`${sender}-${number}`, `message ${number} of ${sender}`];
    try {
      const answer = await fetch(`${url}/api/commands/communication/message/${id}/send`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ text }),
      });
      const { position } = (await answer.json()) as { readonly position: number };
      acknowledged.push({ id, text, position });
    } catch {
      break;
    }
  }

  return acknowledged;
}

/** What the log does not tell as it was acknowledged, or tells more than once. */
function lost(acknowledged: readonly Sent[], events: readonly Event[]): readonly string[] {
  const told = Map.groupBy(events, ({ aggregate }) => aggregate.id);

  return acknowledged.filter(({ id, text, position }) => !isOnceThere(told.get(id) ?? [], text, position)).map(({ id }) => id);
}

function isOnceThere(events: readonly Event[], text: string, position: number): boolean {
  const [event, second] = events;

  return second === undefined && event?.metadata.position === position && (event.data as { readonly text: string }).text === text;
}

/** The list as it has to be after these events. */
function folded(events: readonly Event[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { aggregate, name, data, metadata } of events) {
    if (name === "sent") rows.set(aggregate.id, { id: aggregate.id, ...(data as object), likes: 0, timestamp: metadata.timestamp });
    else rows.set(aggregate.id, { ...rows.get(aggregate.id)!, ...(data as object) });
  }

  return [...rows.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

async function wholeList(url: string, after: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let skip = 0; skip < 1_000_000; skip += 1000) {
    const answer = await fetch(`${url}/api/lists/messages?take=1000&skip=${skip}&after=${after}`);
    const page = (await answer.json()) as { readonly rows: readonly Row[] };
    rows.push(...page.rows);
    if (page.rows.length < 1000) break;
  }

  return rows;
}

async function wholeLog(): Promise<readonly Event[]> {
  const log = await openSqliteLog(join(folder, "chat.db"), { newId: timeOrderedId });
  const events: Event[] = [];
  for (let after = 0, page: readonly Event[]; (page = await log.read(after, 1000)).length > 0; after = events.length) events.push(...page);
  await log.close();

  return events;
}

test(
  "a server that is killed while it is sent to keeps each acknowledged message, once, and its list is what the log tells",
  { timeout: 120_000 },
  async () => {
    const acknowledged: Sent[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const url = await start();
      const sending = Array.from({ length: senders }, (_, sender) => sendUntilGone(url, `k${kill}-s${sender}`));
      await new Promise((resolve) => setTimeout(resolve, 150 + 100 * kill));
      await end("SIGKILL");
      acknowledged.push(...(await Promise.all(sending)).flat());
    }

    const url = await start();
    const events = await wholeLog();
    const list = await wholeList(url, events.length);
    await end("SIGTERM");

    expect(acknowledged.length).toBeGreaterThan(senders * kills);
    expect(lost(acknowledged, events)).toEqual([]);
    expect(events.map(({ metadata }) => metadata.position)).toEqual(events.map((_, index) => index + 1));
    expect(list).toEqual(folded(events));

    // The auditor would have noticed: one event less, one told twice, one changed.
    const { id } = acknowledged[Math.floor(acknowledged.length / 2)]!;
    const others = events.filter(({ aggregate }) => aggregate.id !== id);
    const [own] = events.filter(({ aggregate }) => aggregate.id === id) as [Event];
    expect(lost(acknowledged, others)).toEqual([id]);
    expect(lost(acknowledged, [...events, own])).toEqual([id]);
    expect(lost(acknowledged, [...others, { ...own, data: { text: "something else" } }])).toEqual([id]);
    expect(list).not.toEqual(folded(others));
  },
);
