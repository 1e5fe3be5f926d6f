import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, run } from "../cli/cli.ts";

const cases = join(import.meta.dirname, "cases");
const names = readdirSync(cases).filter((name) => name.endsWith(".domain"));

/** Durations are the machine's. */
const still = (text: string) => text.replaceAll(/\d+ ms/g, "N ms");

test.each(names)("%s is told as it was", async (name) => {
  await inFolder(async (cwd) => {
    copyFileSync(join(cases, name), join(cwd, name));
    const { code, out, err } = await run(["test"], { cwd });
    const told = `${still(out)}${err === "" ? "" : `told:\n${err}`}exit code ${code}\n`;
    await expect(told).toMatchFileSnapshot(join(cases, name.replace(".domain", ".txt")));
  });
});

test("every golden file has its model", () => {
  const orphans = readdirSync(cases).filter((name) => name.endsWith(".txt") && !names.includes(name.replace(".txt", ".domain")));
  expect(orphans).toEqual([]);
});
