import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clinic } from "../../examples/clinic/server/server.ts";
import { garage } from "../../examples/garage/server/server.ts";
import { connect } from "../../examples/garage/client/garage.ts";
import { shop } from "../../examples/shop/server/server.ts";
import type { Application } from "../../runtime/application.ts";
import { runExample } from "../examples/running-example.ts";
import { launchChromium } from "./chromium.ts";

const pictures = join(tmpdir(), "wkgen-screenshots");
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Pages of an example as several people have them open, each signed in. What a page complains of fails the test. */
async function opened(name: string, application: Application) {
  const running = await runExample(name, application, new Date().toISOString());
  const complaints: string[] = [];
  const page = async (who: string, ...roles: readonly string[]): Promise<Page> => {
    const token = await running.tokenOf(who, ...roles);
    const context = await browser.newContext();
    await context.addInitScript((given) => localStorage.setItem("wkgen-token", given), token);
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(running.url);
    return page;
  };
  return { ...running, page, complaints };
}

test("at the clinic a time is booked on one page and taken on the other", { timeout: 90_000 }, async () => {
  const { page, complaints } = await opened("clinic", clinic);
  const desk = await page("rita", "receptionist");
  await desk.getByLabel("Name").fill("Dr. Meyer");
  await desk.getByRole("button", { name: "Employ" }).click();

  const [jane, john] = [await page("jane"), await page("john")];
  await jane
    .getByRole("row", { name: /^08:30/ })
    .getByRole("button", { name: "Book" })
    .click();
  await john
    .getByRole("row", { name: /^08:30/ })
    .getByText("taken")
    .waitFor();
  await desk
    .getByRole("row", { name: /^08:30/ })
    .getByText("booked")
    .waitFor();
  expect(await jane.getByRole("button", { name: "Cancel" }).count()).toBe(1);
  expect(complaints).toEqual([]);
});

test("in the shop an order is placed on one page, paid and shipped on the other", { timeout: 90_000 }, async () => {
  const { page, complaints } = await opened("shop", shop);
  const [jane, clerk] = [await page("jane"), await page("carl", "clerk")];
  await jane.getByLabel("SKU").fill("ABC-0001");
  await jane.getByLabel("Pieces").fill("2");
  await jane.getByLabel("Price").fill("10.50");
  await jane.getByRole("button", { name: "Add" }).click();
  await jane.getByText("2 × ABC-0001").waitFor();
  await jane.getByRole("button", { name: "Place the order" }).click();
  await clerk.getByRole("button", { name: "Received" }).click();
  await clerk.getByRole("button", { name: "Ship" }).click();
  await jane.getByText(/^21 — shipped/).waitFor();
  expect(complaints).toEqual([]);
});

test("at the garage a ticket is taken, the machine asks for the fee, and the barrier opens once it is paid", { timeout: 90_000 }, async () => {
  const { url, tokenOf, page, pass, settled, complaints } = await opened("garage", garage);
  const token = await tokenOf("mia", "manager");
  const manager = await connect(url, { token: () => token });
  await manager.parking.garage().open({ title: "Centre", spaces: 2 });

  const driver = await page("jane");
  await driver.getByRole("button", { name: "Centre" }).getByText("2").waitFor();
  await driver.getByLabel("Plate").fill("B-AB 123");
  await driver.getByRole("button", { name: "Take a ticket" }).click();
  await driver.getByRole("button", { name: "Centre" }).getByText("1").waitFor();
  await settled();
  await pass(1.5);

  await driver.getByRole("button", { name: "Leave" }).click();
  await driver.getByText("Please pay before you leave.").waitFor();
  await driver.getByLabel("Insert").fill("2,50");
  await driver.getByRole("button", { name: "Pay" }).click();
  await driver.getByText("It is 5, not 2.5.").waitFor();
  await driver.screenshot({ path: join(pictures, "garage.png") });
  await driver.getByLabel("Insert").fill("5");
  await driver.getByRole("button", { name: "Pay" }).click();
  await driver.getByText("Thank you.").waitFor();
  await driver.getByRole("button", { name: "Leave" }).click();
  await driver.getByText("None. You are on foot.").waitFor();
  await settled();
  await driver.getByRole("button", { name: "Centre" }).getByText("2").waitFor();
  manager.close();
  expect(complaints).toEqual([]);
});
