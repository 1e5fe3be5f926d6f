import { globSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { nodeHost } from "../../src/host/node-host.ts";

const golden = join(import.meta.dirname, "golden");
const cases = join(import.meta.dirname, "../compiler/cases");

describe.each(readdirSync(golden))("%s", (name) => {
  const folder = join(golden, name);

  test("becomes these files, and no others", async () => {
    const { files = [], diagnostics } = await compile(nodeHost, [join(folder, `${name}.domain`)]);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    for (const { path, text } of files) {
      await expect(text).toMatchFileSnapshot(join(folder, path));
      expect(await format(text, { filepath: path })).toBe(text);
    }
    const present = globSync("**/*.{ts,json}", { cwd: folder }).map((path) => relative(".", path));
    expect(present.sort()).toEqual(files.map(({ path }) => path).sort());
  });
});

test("whatever the check lets pass can be generated, and prettier has nothing to change", { timeout: 60_000 }, async () => {
  const models = globSync("*/*.domain", { cwd: cases }).sort();
  expect(models.length).toBeGreaterThan(100);
  for (const model of models) {
    const { files = [] } = await compile(nodeHost, [join(cases, model)]);
    for (const { text, path } of files.filter(({ path }) => path.endsWith(".ts"))) {
      expect(await format(text, { filepath: path }), `${model}: ${path}`).toBe(text);
    }
  }
});
