import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Going, inFolder, run } from "../cli/cli.ts";
import { examplesFolder } from "./running-example.ts";

const root = join(examplesFolder, "..");
const examples = readdirSync(examplesFolder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

interface Tested {
  readonly coverage: { readonly missing: readonly { readonly what: string }[] };
}

describe.each(examples)("the example %s", (name) => {
  const folder = `examples/${name}`;

  test("is right, laid out, and what is committed is what is generated", async () => {
    const checked = await run(["check", folder, "--json"], { cwd: root });
    expect(JSON.parse(checked.out)).toMatchObject({ diagnostics: [] });
    expect((await run(["format", folder, "--check"], { cwd: root })).code).toBe(0);
    expect(await run(["build", folder, "--check"], { cwd: root })).toMatchObject({ code: 0, err: "" });
  });

  test("comes true, and its scenarios show every rejection", async () => {
    const { code, out } = await run(["test", folder, "--json"], { cwd: root });
    expect(code).toBe(0);
    expect((JSON.parse(out) as Tested).coverage.missing.filter(({ what }) => what === "rejection")).toEqual([]);
  });

  test("is strict", { timeout: 60_000 }, () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(execFileSync(process.execPath, [tsc, "-p", join(root, folder)], { encoding: "utf8" })).toBe("");
  });

  test("runs, and says of itself that it is ready", () =>
    inFolder(async (data) => {
      const options = ["--http", "--port", "0", "--store", `sqlite:${join(data, "log.db")}`];
      const server = new Going(["start", folder, ...options], { cwd: root });
      const [url] = await server.until(/http:\/\/localhost:\d+/);
      const ready = await fetch(`${url}/health/ready`);
      expect([ready.status, await ready.json()]).toMatchObject([200, { status: "ready" }]);
      expect(await (await fetch(url)).text()).toContain("<title>");
      await server.end();
    }));

  test("holds where stories are made up", async () => {
    expect(await run(["test", folder, "--explore", "--seed", "1", "--runs", "40"], { cwd: root })).toMatchObject({ code: 0, err: "" });
  });
});
