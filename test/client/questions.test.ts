import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { serve, type Served } from "../../runtime/serve.ts";
import { run } from "../bench/http/running.ts";
import { connect, type BoardsRow, type Club } from "../emitters/golden/club/client/club.ts";
import { club as application } from "../emitters/golden/club/server/server.ts";

/** The golden club over real sockets: its questions, as the generated client and plain HTTP ask them. */
const folder = mkdtempSync(join(tmpdir(), "wkgen-club-"));
const server = fileURLToPath(new URL("../emitters/golden/club/server/server.ts", import.meta.url));
let served: Served;
let club: Club;

beforeAll(async () => {
  served = await serve(application, {
    ...{ port: 0, host: "localhost", http: true, dev: false, client: folder, data: folder },
    ...{ store: { kind: "sqlite", file: join(folder, "club.db") }, lists: join(folder, "club.lists.db") },
  });
  club = await connect(served.url);
  for (const [name, points] of [
    ["Boards", 2],
    ["Cards", 3],
    ["Dice", 1],
  ] as const) {
    const board = club.club.board(name);
    await board.open({ name, tags: ["games"] });
    for (let point = 0; point < points; point++) await board.tag({ tag: `t${point}` });
  }
});

afterAll(async () => {
  club.close();
  await served.close();
  rmSync(folder, { recursive: true });
});

async function get(path: string): Promise<{ readonly status: number; readonly body: any }> {
  const response = await fetch(`${served.url}/api/lists/${path}`);

  return { status: response.status, body: await response.json() };
}

test("a question of the model is read, counted and observed", async () => {
  const popular = club.lists.boards.popular({ atLeast: 2 });
  expect((await popular.read()).map(({ id }) => id)).toEqual(["Cards", "Boards"]);
  expect(await popular.readOne()).toMatchObject({ name: "Cards" });
  expect(await popular.count()).toBe(2);
  const pictures = popular.observe()[Symbol.asyncIterator]();
  expect((await pictures.next()).value?.rows).toHaveLength(2);
  await club.club.board("Dice").tag({ tag: "more" });
  expect((await pictures.next()).value?.rows.map((row: BoardsRow) => row.id)).toEqual(["Cards", "Boards", "Dice"]);
  await pictures.return?.();
});

test("parameters of questions are checked by the server", async () => {
  // @ts-expect-error the parameter is a number
  await expect(club.lists.boards.popular({ atLeast: "many" }).read()).rejects.toMatchObject({ name: "NotValid" });
  await expect(club.lists.boards.tagged({ tag: "games", most: 5000 }).read()).rejects.toMatchObject({ name: "NotValid" });
});

test("lists are counted, and read page by page", async () => {
  expect(await club.lists.boards.count({ where: { points: { atLeast: 2 }, tags: { contains: "games" } } })).toBe(3);
  const query = { orderBy: { name: "descending" }, take: 2 } as const;
  const first = await club.lists.boards.readPage(query);
  expect(first.rows.map(({ id }) => id)).toEqual(["Dice", "Cards"]);
  const second = await club.lists.boards.readPage(query, { cursor: first.cursor });
  expect(second).toMatchObject({ rows: [{ id: "Boards" }], cursor: undefined });
});

test("over HTTP, too", async () => {
  expect((await get("boards/popular?atLeast=3")).body.rows).toMatchObject([{ id: "Cards" }]);
  expect((await get("boards/popular?atLeast=2&count=true")).body).toMatchObject({ count: 3 });
  const { body } = await get('boards?orderBy={"name":"ascending"}&take=2');
  expect((await get(`boards?orderBy={"name":"ascending"}&take=2&cursor=${body.cursor}`)).body.rows).toMatchObject([{ id: "Dice" }]);
  expect(await get("boards/popular?atLeast=x")).toMatchObject({ status: 400, body: { type: "not-valid" } });
  expect(await get("boards/popular?atMost=1")).toMatchObject({ status: 400, body: { detail: expect.stringContaining("atLeast, cursor") } });
  expect(await get("boards/unpopular")).toMatchObject({ status: 404, body: { type: "not-found" } });
  expect(await get("boards?cursor=made-up")).toMatchObject({ status: 400, body: { fields: [{ field: "cursor" }] } });
});

interface Told {
  readonly type: string;
  readonly token: string;
  readonly from?: number;
  readonly reset?: true;
}

/** What is said first to who observes, with or without a token. */
function beginning(token?: string): Promise<Told> {
  const socket = new WebSocket(`${served.url.replace("http", "ws")}/api/socket`);
  const message = { type: "observe", id: "o", list: "boards", query: {}, ...(token !== undefined && { token }) };

  return new Promise((resolve, reject) => {
    socket.on("error", reject).on("open", () => socket.send(JSON.stringify(message)));
    socket.on("message", (data) => {
      socket.close();
      resolve(JSON.parse(String(data)) as Told);
    });
  });
}

test("who lost the connection goes on where it stopped, or begins anew where that cannot be", async () => {
  const first = await beginning();
  expect(first).toMatchObject({ type: "rows" });
  await club.club.board("Boards").rename({ name: "Boards and more" });
  await club.lists.boards.read();
  expect(await beginning(first.token)).toMatchObject({ type: "changes", changes: { put: [{ row: { name: "Boards and more" } }] } });
  expect(await beginning("1.made-up")).toMatchObject({ type: "rows", reset: true });
});

test("a list is made anew by hand beside the running application, which goes on answering", async () => {
  const store = ["--store", `sqlite:${join(folder, "replayed.db")}`];
  const running = await run(server, ["--http", "--port", "0", ...store]);
  const replay = (list: string) => spawnSync(process.execPath, [server, "--replay", list, ...store], { encoding: "utf8" });
  const other = await connect(running.url);
  try {
    await other.club.board("Cards").open({ name: "Cards", tags: [] });
    expect(await other.lists.boards.count()).toBe(1);
    expect(replay("boards")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("The list boards has been made anew from 1 events"),
    });
    expect(await other.lists.boards.read()).toMatchObject([{ name: "Cards" }]);
    await other.club.board("Cards").rename({ name: "Cards again" });
    expect(await other.lists.boards.read()).toMatchObject([{ name: "Cards again" }]);
    const { status, stderr } = replay("board");
    expect([status, JSON.parse(stderr).msg]).toEqual([1, 'There is no list "board". Did you mean "boards"?']);
  } finally {
    other.close();
    await running.stop();
  }
});
