import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { examples } from "../src/cli/examples.ts";
import { Going, run } from "./cli/cli.ts";

const root = join(import.meta.dirname, "..");

describe.each(examples())("the example %s", (name) => {
  const folder = join(root, "examples", name);

  test("has nothing wrong with it, and is laid out", async () => {
    expect(await run(["check"], { cwd: folder })).toMatchObject({ code: 0, out: "✓ Nothing is wrong with the model.\n" });
    expect(await run(["format", "--check"], { cwd: folder })).toMatchObject({ code: 0 });
  });

  test("is generated from its model as it is, and fits its types", async () => {
    expect(await run(["build", "--check"], { cwd: folder })).toMatchObject({ code: 0 });
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder]);
  });

  test("lives up to its stories, which show all of the model", async () => {
    const { code, out } = await run(["test", "--json"], { cwd: folder });
    const { scenarios, coverage } = JSON.parse(out) as { scenarios: { title: string; passed: boolean }[]; coverage: { percent: number } };
    expect(scenarios.filter(({ passed }) => !passed)).toEqual([]);
    expect([code, coverage.percent]).toEqual([0, 100]);
  });

  test("runs, and says of itself that it is ready", async () => {
    const data = mkdtempSync(join(tmpdir(), "wkgen-"));
    onTestFinished(() => rmSync(data, { recursive: true }));
    const server = new Going(["start", "--http", "--port", "0", "--store", `sqlite:${join(data, "log.db")}`], { cwd: folder });
    const [, url] = await server.until(/(http:\/\/localhost:\d+)/);
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: "ready" }]);
    expect(await (await fetch(`${url}/`)).text()).toContain("<title>");
  });

  test("has a README of one screen", () => {
    expect(existsSync(join(folder, "README.md"))).toBe(true);
    expect(readFileSync(join(folder, "README.md"), "utf8").split("\n").length).toBeLessThan(60);
  });
});
