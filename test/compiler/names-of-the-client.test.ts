import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { namesOfTheClient } from "../../src/checker/rules/name-of-the-client.ts";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");

test("what a context cannot be called is what a connection has", () => {
  const [, connection = ""] = /export interface Connection \{\n([^]*?)\n\}/.exec(read("runtime/client/connect-to.ts")) ?? [];
  const members = [...connection.matchAll(/^ {2}(?:readonly )?(\w+)[:(]/gm)].map((match) => match[1]);
  expect(members.length).toBeGreaterThan(3);
  expect([...namesOfTheClient.context].sort()).toEqual([...members, "lists", "events"].sort());
});
