import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chat } from "../../examples/chat/server/server.ts";
import { serve, type Served } from "../../runtime/serve.ts";

/** Others' tools make a client of the document that a running server gives out; it knows nothing of wkgen. */
const home = fileURLToPath(new URL("third-party", import.meta.url));
const example = fileURLToPath(new URL("../../examples/chat", import.meta.url));
const folder = mkdtempSync(join(home, "generated-"));
const data = mkdtempSync(join(tmpdir(), "wkgen-api-"));
let served: Served;

beforeAll(async () => {
  const places = { store: { kind: "sqlite", file: join(data, "chat.db") }, data, lists: join(data, "chat.lists.db") } as const;
  served = await serve(chat, {
    ...{ port: 0, host: "127.0.0.1", http: true, dev: false },
    ...places,
    ...{ client: join(example, "client"), api: join(example, "api") },
  });
  const document = await (await fetch(`${served.url}/api/openapi.json`)).text();
  writeFileSync(join(folder, "openapi.json"), document);
  run("openapi-typescript", "bin/cli.js", join(folder, "openapi.json"), "--output", join(folder, "schema.d.ts"));
});

afterAll(async () => {
  await served.close();
  for (const made of [folder, data]) rmSync(made, { recursive: true });
});

function run(name: string, path: string, ...args: readonly string[]): string {
  const script = join(home, "node_modules", name, path);
  try {
    return execFileSync(process.execPath, [script, ...args], { cwd: home, encoding: "utf8", stdio: "pipe" });
  } catch (failure) {
    const { stdout, stderr } = failure as { readonly stdout: string; readonly stderr: string };
    return `${stdout}${stderr}`;
  }
}

const program = (statements: string) => `
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.d.ts";

export async function play(baseUrl: string) {
  const { GET, POST } = createClient<paths>({ baseUrl });
  const said: unknown[] = [];
${statements}
  return said;
}
`;

const right = program(`
  const send = (id: string, text: string) =>
    POST("/api/commands/communication/message/{id}/send", { params: { path: { id }, header: { "Idempotency-Key": "send " + id } }, body: { text } });

  const sent = await send("m1", "hey");
  const names: ("sent")[] = sent.data?.events ?? [];
  said.push(names, (await send("m1", "hey")).data?.position === sent.data?.position);

  const rejected = await send("m2", "");
  const problem = rejected.error;
  if (problem?.type === "rejected") said.push(problem.type satisfies "rejected", problem.detail);

  const missing = await POST("/api/commands/communication/message/{id}/like", { params: { path: { id: "nobody" } } });
  if (missing.response.status === 404) said.push(missing.error?.type);

  const where: components["schemas"]["MessagesCondition"] = { likes: { atMost: 5 }, or: [{ text: "hey" }, { text: { startsWith: "h" } }] };
  const query = { where: JSON.stringify(where), orderBy: '{"timestamp":"descending"}', take: 10, after: sent.data?.position ?? 0 };
  const { data } = await GET("/api/lists/messages", { params: { query } });
  const row = data?.rows?.[0];
  if (row) said.push([row.text satisfies string, row.likes satisfies number]);
`);

function complaints(file: string, text: string): string {
  writeFileSync(join(folder, file), text);
  const strict = [
    "--noEmit",
    "--strict",
    "--exactOptionalPropertyTypes",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--skipLibCheck",
    "--allowImportingTsExtensions",
  ];
  return run("typescript", "bin/tsc", ...strict, join(folder, file));
}

describe("a client that openapi-typescript and openapi-fetch make", () => {
  test("type-checks, sends commands, understands rejections, and reads lists", { timeout: 120_000 }, async () => {
    expect(complaints("right.ts", right)).toBe("");
    const { play } = (await import(pathToFileURL(join(folder, "right.ts")).href)) as { play(url: string): Promise<unknown> };
    expect(await play(served.url)).toEqual([["sent"], true, "rejected", "Text is missing.", "does-not-exist", ["hey", 0]]);
  });

  test.each([
    [
      "a command's field",
      'await POST("/api/commands/communication/message/{id}/send", { params: { path: { id: "a" } }, body: { txt: "hey" } });',
    ],
    ["a command", 'await POST("/api/commands/communication/message/{id}/sent", { params: { path: { id: "a" } }, body: { text: "hey" } });'],
    ["a field of a list", 'said.push((await GET("/api/lists/messages")).data?.rows?.[0]?.txt);'],
    ["a comparison", 'said.push({ likes: { moreOrLess: 5 } } satisfies components["schemas"]["MessagesCondition"]);'],
  ])("does not type-check where %s is misspelled", { timeout: 120_000 }, (_what, statement) => {
    expect(complaints("wrong.ts", program(statement))).toMatch(/error TS/);
  });
});

test("the documents are given out as they were generated, and not twice to who has them", async () => {
  for (const name of ["openapi.json", "asyncapi.json"]) {
    const answer = await fetch(`${served.url}/api/${name}`);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await answer.text()).toBe(readFileSync(join(example, "api", name), "utf8"));
    const again = await fetch(`${served.url}/api/${name}`, { headers: { "if-none-match": answer.headers.get("etag")! } });
    expect(again.status).toBe(304);
  }
  expect((await fetch(`${served.url}/api/other.json`)).status).toBe(404);
});
