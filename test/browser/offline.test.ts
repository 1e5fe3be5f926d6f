import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ChatServer } from "../client/chat-server.ts";
import { launchChromium } from "./chromium.ts";

let server: ChatServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ChatServer.start(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Somebody's own browser, at the page of the chat. */
async function open(): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });

  return { context, page: await openPage(context) };
}

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.url);
  await state(page, "connected");

  return page;
}

const state = (page: Page, name: "connected" | "disconnected") => page.locator(`[data-state=${name}]`).waitFor();
const said = (page: Page) => page.locator(".messages .text").allTextContents();

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Your message").fill(text);
  await page.getByLabel("Your message").press("Enter");
}

test("a browser without a network says so, keeps what was sent, and sends it once when the network is back", async () => {
  const [jane, joe] = await Promise.all([open(), open()]);
  await say(jane.page, "Before the tunnel.");
  await joe.page.getByText("Before the tunnel.").waitFor();

  await jane.context.setOffline(true);
  await state(jane.page, "disconnected");
  await say(jane.page, "In the tunnel.");
  await say(joe.page, "Are you there?");
  await joe.page.getByText("Are you there?").waitFor();
  expect(await said(joe.page)).toEqual(["Are you there?", "Before the tunnel."]);
  expect(await said(jane.page)).toEqual(["Before the tunnel."]);

  await jane.context.setOffline(false);
  await joe.page.getByText("In the tunnel.").waitFor();
  await state(jane.page, "connected");
  for (const { page } of [jane, joe])
    await expect.poll(() => said(page)).toEqual(["In the tunnel.", "Are you there?", "Before the tunnel."]);
});

/** In the page: says these through a connection that keeps commands in this browser's storage. Returns what an earlier page had kept, when it has arrived. */
function speak(page: Page, texts: readonly string[]): Promise<unknown> {
  return page.evaluate(`(async () => {
    const [{ connect }, { commandsIn }] = await Promise.all([import("/chat.ts"), import("/@wkgen/runtime/client.js")]);
    const resumed = [];
    const queue = {
      storage: commandsIn(localStorage, "chat"),
      resumed: ({ data }, sending) => resumed.push(sending.then(() => data.text)),
    };
    const chat = await connect(undefined, { offline: true, queue });
    for (const text of ${JSON.stringify(texts)}) chat.communication.message().send({ text });

    return Promise.all(resumed);
  })()`);
}

test("a page that is closed without a network loses nothing: the next one sends it", async () => {
  const [jane, joe] = await Promise.all([open(), open()]);
  const texts = ["Kept one.", "Kept two."];
  await speak(jane.page, []);
  await jane.context.setOffline(true);
  await state(jane.page, "disconnected");
  await speak(jane.page, texts);
  expect(await jane.page.evaluate(() => localStorage.length)).toBe(2);
  await jane.page.close();

  await jane.context.setOffline(false);
  const next = await openPage(jane.context);
  expect(await speak(next, [])).toEqual(texts);
  expect(await next.evaluate(() => localStorage.length)).toBe(0);
  await joe.page.getByText("Kept two.").waitFor();
  expect((await said(joe.page)).filter((text) => text.startsWith("Kept"))).toEqual(texts.toReversed());
});
