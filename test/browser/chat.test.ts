import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ChatServer } from "../client/chat-server.ts";
import { launchChromium } from "./chromium.ts";

/** Where the pictures of the pages go, for people to look at. */
const pictures = join(tmpdir(), "wkgen-screenshots");
const soon = 2_000;

let chat: ChatServer;
let browser: Browser;
let complaints: string[] = [];

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  [chat, browser] = await Promise.all([ChatServer.start(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await chat?.stop();
});

test("two browsers send and like, and see each other's at once", async () => {
  const [jane, joe] = await Promise.all([open("/"), open("/", { colorScheme: "dark" })]);
  await jane.getByText("Nobody has said anything yet.").waitFor();
  await picture(jane, "empty");

  await say(jane, "Good morning, Joe.");
  await joe.getByText("Good morning, Joe.").waitFor({ timeout: soon });
  await say(joe, "Good morning, Jane. Did you sleep well?");
  await jane.getByText("Did you sleep well?").waitFor({ timeout: soon });
  await like(joe, "Good morning, Joe.");
  await like(jane, "Good morning, Joe.");

  for (const page of [jane, joe]) {
    await likes(page, "Good morning, Joe.", 2).waitFor({ timeout: soon });
    expect(await said(page)).toEqual(["Good morning, Jane. Did you sleep well?", "Good morning, Joe."]);
  }
});

test("who comes later sees what was said", async () => {
  const jill = await open("/");
  await likes(jill, "Good morning, Joe.", 2).waitFor({ timeout: soon });

  expect(await said(jill)).toEqual(["Good morning, Jane. Did you sleep well?", "Good morning, Joe."]);
});

test("an empty message is rejected, in the model's words, and can be mended", async () => {
  const jane = await open("/");
  await box(jane).press("Enter");
  await jane.getByRole("alert").getByText("Text is missing.").waitFor({ timeout: soon });
  await picture(jane, "rejected");

  await say(jane, "Now it is there.");
  expect(await jane.locator(".problem").textContent()).toBe("");
});

test("what people write stays text", async () => {
  const [jane, joe] = await Promise.all([open("/"), open("/")]);
  const text = '<img src="nowhere" onerror="document.title = 1"><b>not bold</b>';
  await say(jane, text);
  await joe.getByText(text).waitFor({ timeout: soon });

  expect(await joe.locator(".messages img, .messages b").count()).toBe(0);
  expect(await joe.title()).toBe("Chat");
});

test("pages come back by themselves when the server was killed, and lose nothing", async () => {
  const [jane, joe] = await Promise.all([open("/"), open("/")]);
  await say(jane, "Before the storm.");
  await joe.getByText("Before the storm.").waitFor({ timeout: soon });
  const before = await said(joe);

  await chat.kill();
  await state(jane, "disconnected");
  await state(joe, "disconnected");
  await picture(jane, "disconnected");
  await box(jane).fill("In the middle of the storm.");
  await box(jane).press("Enter");
  await chat.start();

  await joe.getByText("In the middle of the storm.").waitFor();
  await Promise.all([state(jane, "connected"), state(joe, "connected")]);
  for (const page of [jane, joe]) expect(await said(page)).toEqual(["In the middle of the storm.", ...before]);
  complaints = complaints.filter((complaint) => !complaint.includes("ERR_CONNECTION_REFUSED"));
});

test("the page reads well, by day, by night and on a telephone", async () => {
  await picture(await open("/", { colorScheme: "light" }), "chat-light");
  await picture(await open("/", { colorScheme: "dark" }), "chat-dark");
  const narrow = await open("/", { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
  await picture(narrow, "chat-narrow");

  expect(await narrow.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test("everything can be done with the keyboard alone", async () => {
  const jane = await open("/");
  await jane.keyboard.type("No mouse needed.");
  await jane.keyboard.press("Enter");
  await jane.getByText("No mouse needed.").waitFor({ timeout: soon });
  await jane.keyboard.press("Tab");
  await jane.keyboard.press("Tab");
  await jane.keyboard.press("Space");
  await likes(jane, "No mouse needed.", 1).waitFor({ timeout: soon });

  expect(await jane.evaluate(() => document.activeElement?.className)).toBe("likes");
});

test("the studio sends commands through forms, and shows lists and events live", async () => {
  const [studio, jane] = await Promise.all([open("/studio/"), open("/")]);
  const form = studio.locator("form[data-command=send]");
  await form.getByLabel(/^text/).fill("Said in the studio.");
  await form.getByRole("button", { name: "send" }).click();
  await form.getByText("sent", { exact: true }).waitFor({ timeout: soon });

  await jane.getByText("Said in the studio.").waitFor({ timeout: soon });
  await studio.getByRole("cell", { name: "Said in the studio." }).waitFor({ timeout: soon });
  await studio.locator("#events li").filter({ hasText: "Said in the studio." }).waitFor({ timeout: soon });
  await studio.getByRole("row", { name: "Said in the studio." }).locator(".identifier").click();
  await studio.locator("form[data-command=like]").getByRole("button", { name: "like" }).click();
  await likes(jane, "Said in the studio.", 1).waitFor({ timeout: soon });

  await form.getByLabel(/^text/).fill("");
  await form.getByRole("button", { name: "send" }).click();
  await form.getByText("Text is missing.").waitFor({ timeout: soon });
  await picture(studio, "studio-light");
  await picture(await open("/studio/", { colorScheme: "dark" }), "studio-dark");
});

test("nothing was complained about on any console", () => {
  expect(complaints).toEqual([]);
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(new URL(path, chat.url).href);
  await state(page, "connected");

  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: "disabled" });
}

async function state(page: Page, name: "connected" | "disconnected"): Promise<void> {
  await page.locator(`[data-state=${name}]`).waitFor();
}

function box(page: Page) {
  return page.getByLabel("Your message");
}

async function say(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.getByRole("button", { name: "Send message" }).click();
  await page.getByText(text).first().waitFor({ timeout: soon });
}

function said(page: Page): Promise<string[]> {
  return page.locator(".messages .text").allTextContents();
}

function message(page: Page, text: string) {
  return page.locator(".messages li").filter({ hasText: text });
}

async function like(page: Page, text: string): Promise<void> {
  await message(page, text).getByRole("button", { name: /^Like/ }).click();
}

function likes(page: Page, text: string, count: number) {
  return message(page, text).getByRole("button", { name: `${count} like` });
}
