import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page as BrowserPage } from "playwright-core";
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Chat } from "../../examples/chat/client/chat.ts";
import { chat as application } from "../../examples/chat/server/server.ts";
import type { Application } from "../../runtime/application.ts";
import { serve, type Served } from "../../runtime/serve.ts";
import { bundle } from "../bench/bundle.ts";
import { launchChromium } from "../browser/chromium.ts";
import { connect as connectToClub } from "../emitters/golden/club/client/club.ts";
import { club } from "../emitters/golden/club/server/server.ts";
import { Page } from "./page.tsx";

/** React's own page, drawn on a server, taken over in a real browser, in its development build, which is the strict one. */
const folder = mkdtempSync(join(tmpdir(), "wkgen-react-"));
let served: Served;
let clubServed: Served;
let browser: Browser;
let chat: Chat;
const complaints: string[] = [];

const page = (chat?: Chat) =>
  renderToString(
    <StrictMode>
      <Page chat={chat} />
    </StrictMode>,
  );

/** An application with this script as its page. */
async function serveWith(script: string, application: Application, html: string): Promise<Served> {
  const home = join(folder, application.name);
  mkdirSync(home);
  writeFileSync(join(home, "page.js"), (await bundle(join(import.meta.dirname, script), [], "development")).text);
  writeFileSync(
    join(home, "index.html"),
    `<!doctype html><title>Page</title><link rel="icon" href="data:,"><body><div id="root">${html}</div><div id="crowd-root"></div><script type="module" src="page.js"></script></body>`,
  );

  return serve(application, {
    ...{ port: 0, host: "localhost", http: true, dev: true, client: home, data: home },
    ...{ store: { kind: "sqlite", file: join(home, "log.db") }, lists: join(home, "lists.db") },
  });
}

beforeAll(async () => {
  served = await serveWith("browser.tsx", application, page());
  clubServed = await serveWith("club-browser.tsx", club, "");
  [browser, chat] = await Promise.all([launchChromium(), connect(served.url)]);
});

afterAll(async () => {
  chat?.close();
  await browser?.close();
  await Promise.all([served?.close(), clubServed?.close()]);
  rmSync(folder, { recursive: true });
});

interface Sent {
  readonly type: string;
  readonly id: string;
}

/** A page, and what it says to the server. */
async function open(path = "/", home = served): Promise<{ readonly page: BrowserPage; readonly said: readonly Sent[] }> {
  const page = await (await browser.newContext()).newPage();
  const said: Sent[] = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => said.push(JSON.parse(String(payload)) as Sent)));
  await page.goto(home.url + path);

  return { page, said };
}

const texts = (page: BrowserPage) => page.locator(".messages").first().locator("li").allTextContents();
const loaded = (page: BrowserPage) => page.locator(".messages[data-loading=false]").first().waitFor({ state: "attached" });
const press = (page: BrowserPage, name: string) => page.getByRole("button", { name, exact: true }).first().click();
const count = (said: readonly Sent[], type: string) => said.filter((message) => message.type === type).length;

test("on a server a list is loading, with a connection and without", () => {
  for (const html of [page(), page(chat)]) expect(html).toContain('<ol class="messages" data-loading="true"></ol>');
});

test("a page shows what a list has, and what happens to it, to everybody", async () => {
  const [jane, joe] = await Promise.all([open(), open()]);
  await Promise.all([loaded(jane.page), loaded(joe.page)]);
  await jane.page.getByLabel("Your message").fill("hey");
  await press(jane.page, "Say");
  await joe.page.getByText("hey: 0").waitFor();
  await press(joe.page, "Like");
  await jane.page.getByText("hey: 1").waitFor();

  expect(await jane.page.getByLabel("Your message").inputValue()).toBe("");
});

test("a command tells that it is on its way, and why it failed", async () => {
  const { page } = await open();
  const form = page.locator("form");
  await press(page, "Say");
  await page.getByRole("alert").getByText("Text is missing.").waitFor();
  expect(await form.getAttribute("data-sending")).toBe("false");
  await page.getByLabel("Your message").fill("mended");
  await press(page, "Say");
  await page.getByText("mended: 0").waitFor();
  expect(await page.getByRole("alert").textContent()).toBe("");

  await page.context().setOffline(true);
  await page.getByLabel("Your message").fill("patient");
  await press(page, "Say");
  await page.locator("form[data-sending=true]").waitFor();
  await page.context().setOffline(false);
  await page.locator("form[data-sending=false]").waitFor();
  await page.getByText("patient: 0").waitFor();
  expect(await form.getAttribute("data-stable")).toBe("true");
});

test("one question is asked once, however often it is drawn and by however many, until nobody shows it", async () => {
  const { page, said } = await open();
  await loaded(page);
  for (let times = 0; times < 5; times++) await press(page, "Again");
  await press(page, "More");
  await press(page, "More");
  await page.locator("#times", { hasText: "5" }).waitFor();
  await expect.poll(() => page.locator(".messages[data-loading=false]").count()).toBe(3);
  expect(count(said, "observe")).toBe(1);

  await press(page, "Further");
  await expect.poll(() => texts(page)).toHaveLength(3);
  expect([count(said, "observe"), count(said, "cancel")]).toEqual([2, 1]);

  for (let times = 0; times < 3; times++) await press(page, "Less");
  await expect.poll(() => count(said, "cancel")).toBe(2);
  await press(page, "More");
  await expect.poll(() => texts(page)).toHaveLength(3);
  expect([count(said, "observe"), count(said, "cancel")]).toEqual([3, 2]);
});

test("what fails is told where it is shown, and is forgotten with the question", async () => {
  const { page } = await open();
  await loaded(page);
  await press(page, "Wrong");
  await page.locator('.messages[data-problem*="take"][data-loading=false]').waitFor({ state: "attached" });
  expect(await texts(page)).toEqual([]);
  await press(page, "Further");
  await page.locator(".messages:not([data-problem])").waitFor();
});

test.each([
  ["no two parts of a page ever show different answers", "/?together", null],
  ["parts that observe by themselves do, which would be noticed", "/?apart", "true"],
])("%s", async (_, path, torn) => {
  const { page } = await open(path);
  await page.locator("#crowd").waitFor();
  for (let sent = 0; sent < 40; sent++) await chat.communication.message().send({ text: `flood ${sent}` });
  const rows = Math.min(100, await chat.lists.messages.count());
  await page.locator(`#crowd[data-seen="${rows}"]`).waitFor();

  await expect.poll(() => page.locator("#crowd i").allTextContents()).toEqual(Array.from({ length: 30 }, () => String(rows)));
  expect(await page.locator("body").getAttribute("data-torn")).toBe(torn);
});

test("a question of the model is the same one each time it says the same", async () => {
  const games = await connectToClub(clubServed.url);
  const { page, said } = await open("/", clubServed);
  for (const [name, points] of Object.entries({ Boards: 2, Cards: 3 })) {
    const board = games.club.board(name);
    await board.open({ name, tags: ["games"] });
    for (let point = 0; point < points; point++) await board.tag({ tag: `t${point}` });
  }
  await page.getByText("Cards 3, Boards 2").waitFor();
  await press(page, "The same");
  expect(count(said, "observe")).toBe(1);
  await press(page, "More popular");
  await page.getByText("Cards 3", { exact: true }).waitFor();
  expect([count(said, "observe"), count(said, "cancel")]).toEqual([2, 1]);
  games.close();
});

test("nothing was complained about on any console", () => {
  expect(complaints.filter((complaint) => !complaint.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
});
