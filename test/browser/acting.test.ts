import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunningErrands } from "../runtime/http/running-chat.ts";
import { launchChromium } from "./chromium.ts";

const pictures = join(tmpdir(), "wkgen-screenshots");
const errands = new RunningErrands();
let browser: Browser;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  await errands.start({ dev: true, http: true, client: join(tmpdir(), "there-is-no-page") });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await errands.end();
});

async function open(path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(errands.url + path);

  return page;
}

async function actAs(page: Page, name: string, ...roles: readonly string[]): Promise<void> {
  await page.locator(".acting summary").click();
  await page.locator(".login input[type=text]").fill(name);
  for (const role of roles) await page.locator(`.login input[value=${role}]`).check();
  await page.screenshot({ path: join(pictures, "acting.png") });
  await page.getByRole("button", { name: "log in" }).click();
  await page.locator(".acting summary", { hasText: name }).waitFor();
}

async function send(page: Page, command: string, id: string, title?: string): Promise<string> {
  const form = page.locator(`form[data-command=${command}]`);
  await form.locator(".aggregate-id").fill(id);
  if (title !== undefined) await form.locator("textarea").first().fill(title);
  await form.getByRole("button").last().click();
  const outcome = form.locator("output:not(:empty)");
  await outcome.waitFor();

  return (await outcome.textContent()) ?? "";
}

test("in the studio one is whoever one says, and may what they may", async () => {
  const [jane, bob] = await Promise.all([open("/studio/"), open("/studio/")]);
  await jane.locator(".acting summary", { hasText: "anonymous" }).waitFor();
  expect(await send(jane, "hide", "none")).toContain("does not exist");
  await actAs(jane, "jane");
  await actAs(bob, "bob", "boss");
  expect(await send(jane, "begin", "e1", "Buy milk")).toContain("begun");
  expect(await send(bob, "hide", "e1")).toContain("not allowed");
  expect(await send(jane, "hide", "e1")).toContain("hidden");
  await bob.locator(".list", { hasText: "errands of everybody" }).getByText("Buy milk").waitFor();
  await bob.screenshot({ path: join(pictures, "acting-boss.png") });
  expect(await jane.locator(".list", { hasText: "errands of everybody" }).getByText("Buy milk").count()).toBe(0);
});

test("a page of the application gets a token that its client can show", async () => {
  const page = await open("/dev/login?to=/studio/?x=1");
  await page.locator(".login input[type=text]").fill("jane");
  await page.getByRole("button", { name: "log in" }).click();
  await page.waitForURL("**/studio/?x=1");
  const token = await (await page.waitForFunction(() => localStorage.getItem("wkgen-token"))).jsonValue();
  const answer = await fetch(`${errands.url}/api/lists/secrets`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
});

test("nowhere else than on this machine, and for nobody else's pages", async () => {
  const ask = async (headers: Record<string, string>, body: object = { name: "jane" }) => {
    const { status } = await fetch(`${errands.url}/dev/login`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

    return status;
  };
  expect(await ask({})).toBe(200);
  expect(await ask({ origin: "https://evil.example" })).toBe(403);
  expect(await ask({ "x-forwarded-for": "203.0.113.1" })).toBe(403);
  expect(await ask({ forwarded: "for=203.0.113.1" })).toBe(403);
  expect(await ask({}, { name: "" })).toBe(400);
  expect(await ask({}, { name: "jane", roles: ["king"] })).toBe(400);
  expect(await ask({}, { name: "jane", roles: "boss" })).toBe(400);

  const production = new RunningErrands();
  await production.start({ http: true });
  expect((await fetch(`${production.url}/dev/login`)).status).toBe(404);
  const { token } = (await (
    await fetch(`${errands.url}/dev/login`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"name":"jane"}' })
  ).json()) as { readonly token: string };
  const shown = await fetch(`${production.url}/api/lists/secrets`, { headers: { authorization: `Bearer ${token}` } });
  expect(shown.status).toBe(401);
  await production.end();
});
