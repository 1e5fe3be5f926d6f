import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { bundle, kilobytes } from "../bench/bundle.ts";
import { clientOf, most, mostForReact, withReact } from "../bench/client.ts";

const root = join(import.meta.dirname, "../..");

test.each(["chat", "shop"])("the client of the %s depends on nothing but the SDK, and is small", async (example) => {
  const client = await bundle(clientOf(example));
  const others = client.modules.map((path) => relative(root, path)).filter((path) => !/^runtime\/dist\/client(\.js$|\/)/.test(path));

  expect(others.sort()).toEqual([`examples/${example}/client/${example}.ts`, "runtime/dist/protocol/time-ordered-id.js"]);
  expect(client.imports).toEqual([]);
  expect(kilobytes(client)).toBeLessThan(most);
});

test("the adapter for React needs React, and is small", async () => {
  const [chat, both] = await Promise.all([bundle(clientOf("chat")), bundle(withReact, ["react"])]);
  const added = both.modules.filter((path) => !chat.modules.includes(path)).map((path) => relative(root, path));

  expect(added.filter((path) => !/^runtime\/dist\/react(\.js$|\/)/.test(path))).toEqual(["test/bench/chat-with-react.ts"]);
  expect(both.imports).toEqual(["react"]);
  expect(kilobytes(both) - kilobytes(chat)).toBeLessThan(mostForReact);
});

test("a dependency would be noticed", async () => {
  const { imports, modules } = await bundle(join(root, "runtime/data-folder.ts"));

  expect(imports).toContain("node:fs");
  expect(modules.map((path) => relative(root, path))).toContain("runtime/data-folder.ts");
});
