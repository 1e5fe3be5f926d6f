import { mkdir } from "node:fs/promises";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { library } from "../../examples/library/server/server.ts";
import { serve, type Served } from "../../runtime/serve.ts";
import { launchChromium } from "./chromium.ts";

const pictures = join(tmpdir(), "wkgen-screenshots");
const folder = mkdtempSync(join(tmpdir(), "wkgen-library-"));
const home = new URL("../../examples/library/", import.meta.url);
let served: Served;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  served = await serve(library, {
    port: 0,
    host: "localhost",
    http: true,
    dev: true,
    store: { kind: "sqlite", file: join(folder, "library.db") },
    data: folder,
    lists: join(folder, "library.lists.db"),
    client: fileURLToPath(new URL("client", home)),
    module: new URL("server/server.ts", home).href,
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  rmSync(folder, { recursive: true });
});

/** A page of somebody's own, signed in as in development. */
async function open(name?: string, ...roles: readonly string[]): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1000, height: 720 } })).newPage();
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
  await page.goto(served.url);
  if (name === undefined) return page;

  await page.getByRole("link", { name: "sign in" }).click();
  await page.locator(".login input[type=text]").fill(name);
  for (const role of roles) await page.locator(`.login input[value=${role}]`).check();
  await page.getByRole("button", { name: "log in" }).click();
  await page.waitForURL(`${served.url}/`);

  return page;
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `library-${name}.png`), fullPage: true });

test(
  "a librarian puts a book on the shelf, a member borrows it and brings it back, and everybody sees it at once",
  { timeout: 120_000 },
  async () => {
    const [visitor, librarian, ada] = [await open(), await open("libby", "librarian"), await open("ada")];
    await visitor.getByText("Not a single book yet.").waitFor();

    for (const [title, isbn] of [
      ["Emma", "9780141439587"],
      ["Middlemarch", "9780141439549"],
    ] as const) {
      await librarian.getByRole("textbox", { name: "Title" }).fill(title);
      await librarian.getByRole("textbox", { name: "ISBN" }).fill(isbn);
      await librarian.getByRole("button", { name: "Put on the shelf" }).click();
      await visitor.getByRole("button", { name: title }).waitFor();
    }

    await ada.getByRole("textbox", { name: "Name" }).fill("Ada");
    await ada.getByRole("textbox", { name: "Number on the card" }).fill("L000001");
    await ada.getByRole("button", { name: "Join" }).click();
    await ada.locator(".who", { hasText: "Ada" }).waitFor();
    await ada.getByRole("button", { name: "Emma" }).click();
    await ada.locator(".slip", { hasText: "Emma" }).waitFor();
    await visitor.locator(".spine[data-lent=true]", { hasText: "Emma" }).waitFor();
    await ada.getByRole("button", { name: "Two weeks more" }).click();
    await ada.getByRole("status").getByText("Two weeks more.").waitFor();
    await picture(ada, "borrowed");

    await librarian.locator(".slip", { hasText: "Emma" }).getByRole("button", { name: "It is back" }).click();
    await visitor.locator(".spine[data-lent=false]", { hasText: "Emma" }).waitFor();
    expect(await ada.locator(".slip").count()).toBe(0);
    await picture(librarian, "desk");
    expect(complaints).toEqual([]);
  },
);

test("who only looks is told how to get a card", async () => {
  const visitor = await open();
  await visitor.getByRole("button", { name: "Middlemarch" }).click();
  await visitor.getByRole("status").getByText("get a card").waitFor();
});
