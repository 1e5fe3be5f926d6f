import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "../../grammar/parse.ts";
import { print } from "../../grammar/print.ts";
import { analyse } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { conditionFrame, frames } from "./language-frame.ts";

const page = readFileSync(join(import.meta.dirname, "../../grammar/LANGUAGE.md"), "utf8");

interface Example {
  readonly section: string;
  readonly where: string;
  readonly text: string;
}

const examples: readonly Example[] = page.split(/^## /m).flatMap((section) =>
  [...section.matchAll(/^```domain ?(\w*)\n([^]*?)^```/gm)].map(([, where = "", text = ""]) => ({
    section: section.split("\n")[0] ?? "",
    where,
    text,
  })),
);

/** What is wrong with a model, apart from what this version cannot generate. */
function errorsIn(text: string): readonly string[] {
  const { diagnostics, texts } = analyse(memoryHost({ "/m.domain": text }), ["/m.domain"]);
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message, location }) => `${texts.get(location.file)?.slice(location.span.start, location.span.end)}: ${message}`);
}

const conditions = examples.filter(({ where }) => where === "conditions").flatMap(({ text }) => text.trimEnd().split("\n"));

describe("LANGUAGE.md", () => {
  test("has examples in every section but the last, each in a frame that there is", () => {
    const sections = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect([...new Set(examples.map(({ section }) => section))]).toEqual(sections.slice(0, -1));
    expect(examples.map(({ where }) => where).filter((where) => !["", "conditions", ...Object.keys(frames)].includes(where))).toEqual([]);
  });

  test.each(examples.filter(({ where }) => where === "" || where in frames))("compiles: $section, $where\n$text", ({ where, text }) => {
    expect(errorsIn(where === "" ? text : frames[where as keyof typeof frames](text))).toEqual([]);
  });

  test.each(conditions)("compiles the condition %s", (condition) => {
    expect(errorsIn(conditionFrame(condition))).toEqual([]);
  });

  test("has its whole examples in the canonical layout", () => {
    for (const { text } of examples.filter(({ where }) => where === "")) expect(print(parse(text).document, text)).toBe(text);
  });
});
