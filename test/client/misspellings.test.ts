import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Lines that somebody might write, and what the compiler has to say about each. */
const wrong = [
  ['chat.communication.mesage().send({ text: "hey" });', "Did you mean 'message'?"],
  ['chat.comunication.message().send({ text: "hey" });', "Did you mean 'communication'?"],
  ['chat.communication.message().sent({ text: "hey" });', "Property 'sent' does not exist on type 'Message'"],
  ['chat.communication.message().send({ test: "hey" });', "'test' does not exist in type"],
  ["chat.communication.message().send({ text: 5 });", "'number' is not assignable to type 'string'"],
  ["chat.communication.message().send();", "Expected 1-2 arguments"],
  ["chat.communication.message().like({ likes: 5 });", "'number' is not assignable to type 'never'"],
  [
    'chat.communication.message().like().delivered(({ events }) => events.includes("sent"));',
    `'"sent"' is not assignable to parameter of type '"liked"'`,
  ],
  ["chat.lists.mesages.read();", "Did you mean 'messages'?"],
  ["chat.lists.messages.read({ orderBy: { time: 'ascending' } });", "'time' does not exist in type"],
  ["chat.lists.messages.read({ orderBy: { timestamp: 'down' } });", `'"down"' is not assignable to type 'Direction`],
  ["chat.lists.messages.read({ where: { text: 5 } });", "'number' is not assignable to type"],
  ["chat.lists.messages.read({ where: { likes: { atLeast: 'many' } } });", "'string' is not assignable to type 'number'"],
  ["chat.lists.messages.read({ where: { or: [{ author: 'me' }] } });", "'author' does not exist in type"],
  ["for (const { test } of await chat.lists.messages.read()) test;", "Property 'test' does not exist on type 'MessagesRow'"],
  ["for await (const { rows } of chat.lists.messages.observe()) rows[0]?.like;", "Did you mean 'likes'?"],
  ["chat.events.observe({ name: 'send' });", `'"send"' is not assignable to type '"liked" | "sent"`],
  ["for await (const event of chat.events.observe({ name: 'sent' })) event.data.likes;", "Property 'likes' does not exist"],
  ['chat.on("conected", () => {});', `'"conected"' is not assignable to parameter`],
] as const;

const right = [
  'chat.communication.message("m1").send({ text: "hey" }, { timeout: 500 }).failed((error) => error.message).delivered(({ aggregateId }) => aggregateId);',
  "const { position, events: [first] }: { position: number; events: readonly ('sent')[] } = await chat.communication.message().send({ text: 'hey' }); [position, first];",
  "chat.communication.message().like({}, { signal: AbortSignal.timeout(100) });",
  "chat.lists.messages.read({ where: { likes: { atLeast: 2 }, or: [{ text: 'hey' }, { not: { text: { contains: 'ho' } } }] }, take: 2 });",
  "chat.lists.messages.readAndObserve().started((rows, cancel) => rows.length > 0 && cancel()).updated((rows) => rows[0]?.likes.toFixed());",
  "for await (const event of chat.events.observe()) if (event.name === 'liked') event.data.likes.toFixed();",
  "const one: { readonly text: string } | undefined = await chat.lists.messages.readOne({ where: { id: 'm1' } }); one;",
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const report = new Map<number, string>();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wkgen-misspellings-"));
  const lines = [...wrong.map(([line]) => line), ...right].map((line) => `async () => { ${line} };`);
  const head = `import type { Chat } from ${JSON.stringify(join(root, "examples/chat/client/chat.ts"))}; declare const chat: Chat;`;
  await writeFile(join(folder, "lines.ts"), [head, ...lines].join("\n"));
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "examples/chat/tsconfig.json"),
      include: ["lines.ts"],
      compilerOptions: { types: [], noUnusedLocals: false },
    }),
  );

  for (const found of (await typeCheck()).matchAll(/lines\.ts\((\d+),\d+\): error TS\d+: ((?:.*)(?:\n {2}.*)*)/g)) {
    report.set(Number(found[1]), `${report.get(Number(found[1])) ?? ""}${found[2]}\n`);
  }
});

afterAll(() => rm(folder, { recursive: true }));

function typeCheck(): Promise<string> {
  return new Promise((resolve) =>
    execFile(join(root, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"], (_error, stdout) => resolve(stdout)),
  );
}

test.each(wrong.map(([line, complaint], index) => ({ line, complaint, number: index + 2 })))(
  "$line does not compile",
  ({ complaint, number }) => {
    expect(report.get(number)).toContain(complaint);
  },
);

test.each(right.map((line, index) => ({ line, number: index + 2 + wrong.length })))("$line compiles", ({ number }) => {
  expect(report.get(number)).toBeUndefined();
});
