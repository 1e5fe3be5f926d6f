import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../browser/chromium.ts";
import { runningChat } from "./running.ts";

const pages = createServer((_request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8").end(readFileSync(join(import.meta.dirname, "old-page.html")));
});
const [chat, closed] = [runningChat(), runningChat()];
let browser: Browser;
let origin = "";

beforeAll(async () => {
  pages.listen(0, "localhost");
  await once(pages, "listening");
  origin = `http://localhost:${(pages.address() as AddressInfo).port}`;
  [browser] = await Promise.all([launchChromium(), chat.start({ origins: [origin] }), closed.start()]);
});
afterAll(async () => {
  await browser?.close();
  pages.close();
  await Promise.all([chat.end(), closed.end()]);
});

async function open(url: string): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(`${origin}/#${new URL(url).host}`);

  return page;
}

async function send(page: Page, text: string): Promise<void> {
  await page.locator("#text").fill(text);
  await page.locator("#send").click();
}

const items = (page: Page) => page.locator("#messages li").allTextContents();

test("pages of 2017, which lie somewhere else, speak with the application, and follow each other", async () => {
  const [jane, joe] = await Promise.all([open(chat.url), open(chat.url)]);
  await jane.locator("body.online").waitFor();
  await send(jane, "hello Joe");
  await jane.getByText("sent", { exact: true }).waitFor();
  await expect.poll(() => items(joe)).toEqual(["hello Joe 0"]);
  await send(joe, "hello Jane");
  await expect.poll(() => items(jane)).toEqual(["hello Jane 0", "hello Joe 0"]);
  await send(jane, "");
  await jane.getByText("sendRejected: Text is missing.").waitFor();
  expect(await joe.locator("#problem").textContent()).toBe("sent");
});

test("a page that is not named is kept out", async () => {
  const page = await open(closed.url);
  await page.getByText("offline").waitFor();
});
