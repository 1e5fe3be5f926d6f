import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { helpText, readOptions } from "../../runtime/options.ts";
import { runningChat } from "./running.ts";

const read = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => readOptions("chat", "/chat", args, environment);

test("the old clients are let in where that is asked for, by option or environment", () => {
  expect(read(["--compat", "wolkenkit-1"])).toMatchObject({ kind: "run", options: { compat: "wolkenkit-1" } });
  expect(read([], { WKGEN_COMPAT: "wolkenkit-1" })).toMatchObject({ kind: "run", options: { compat: "wolkenkit-1" } });
  expect(read([], { WKGEN_COMPAT: "" })).not.toMatchObject({ options: { compat: expect.anything() } });
  expect(read(["--compat", "wolkenkit-4"])).toEqual({
    ...{ kind: "wrong", sentence: 'Clients of "wolkenkit-4" are not known, only those of wolkenkit-1.' },
  });
  expect(helpText("chat")).toContain("--compat");
});

test("elsewhere there is nothing of it", async () => {
  const chat = runningChat();
  await chat.start({ compat: undefined } as object);
  for (const path of ["/v1/ping", "/v1/configuration.json"]) expect((await chat.ask(path)).status).toBe(404);
  expect((await chat.ask("/v1/command", { method: "POST" })).status).toBe(404);
  await expect(chat.frames()).rejects.toThrow("404");
  await chat.end();
});

test("and nothing of it is loaded", () => {
  const root = join(import.meta.dirname, "../../runtime");
  const outside = globSync("**/*.ts", { cwd: root, exclude: ["node_modules/**", "dist/**", "compat/**"] });
  const mentions = outside.flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(/^.*["'`][^"'`\n]*compat\/.*$/gm)].map(([line]) => `${path}: ${line.trim()}`),
  );
  expect(mentions).toEqual([
    expect.stringMatching(/^serve\.ts: return .* \[\(await import\("\.\/compat\/wolkenkit-1\.ts"\)\)\.wolkenkit1\];$/),
  ]);
});
