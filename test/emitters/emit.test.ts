import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { emit } from "../../src/emitters/emit.ts";
import { models } from "./any-model.ts";
import { chat } from "./models.ts";

const examples = join(import.meta.dirname, "../../examples");

test("the chat is what was once written by hand", () => {
  for (const { path, text } of emit(chat)) expect(text).toBe(readFileSync(join(examples, "chat", path), "utf8"));
});

describe("whatever the names", () => {
  test("prettier, as it comes, has nothing to change", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(models, async (model) => {
        for (const { text, path } of emit(model)) expect(await format(text, { filepath: path })).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test("the same model gives the same bytes", () => {
    fc.assert(
      fc.property(models, (model) => {
        expect(emit(structuredClone(model))).toEqual(emit(model));
      }),
      { numRuns: 20 },
    );
  });
});
