import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { catalogue } from "../../src/diagnostics/catalogue.ts";
import type { Code, Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { codes } from "../../src/diagnostics/explain.ts";
import { renderText } from "../../src/diagnostics/render/text.ts";
import { sourcesOf } from "../../src/diagnostics/sources.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { framed } from "./frame.ts";

// One folder a code: `wrong.domain` with `expected.txt`, and `right.domain`. UPDATE=1 writes them anew from the catalogue's explanations.

const folder = join(import.meta.dirname, "cases");
const updating = process.env.UPDATE === "1";

function analysed(text: string): { readonly diagnostics: readonly Diagnostic[]; readonly rendered: string } {
  const { diagnostics, texts } = analyse(memoryHost({ "/model.domain": text }), ["/model.domain"]);
  return {
    diagnostics,
    rendered: renderText(diagnostics, sourcesOf(texts), { colour: false }).replaceAll("/model.domain", "model.domain"),
  };
}

function golden(code: Code, file: string, actual: string): void {
  const path = join(folder, code, file);
  if (updating) {
    mkdirSync(join(folder, code), { recursive: true });
    if (!existsSync(path) || readFileSync(path, "utf8") !== actual) writeFileSync(path, actual);
  }
  expect(actual).toBe(readFileSync(path, "utf8"));
}

describe.each(codes)("%s", (code) => {
  test("is what the wrong example is told, and nothing else is wrong with it", () => {
    const text = framed(catalogue[code].wrong);
    const { diagnostics, rendered } = analysed(text);
    golden(code, "wrong.domain", text);
    golden(code, "expected.txt", rendered);
    const told = new Set(diagnostics.map((diagnostic) => diagnostic.code));
    expect([...told]).toEqual([code]);
  });

  test("is not what the right example is told, and nothing is wrong with it", () => {
    const text = framed(catalogue[code].right);
    golden(code, "right.domain", text);
    const others = analysed(text).diagnostics;
    expect(others.map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`)).toEqual([]);
  });
});

test("no case is left of a code that is gone", () => {
  expect(readdirSync(folder).filter((name) => !(codes as readonly string[]).includes(name))).toEqual([]);
});
