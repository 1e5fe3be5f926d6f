import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { attempt, type RuleName } from "../../grammar/attempt.ts";
import { lex } from "../../grammar/lexer.ts";
import { LineParser } from "../../grammar/parser.ts";

const reference = readFileSync(new URL("../../grammar/GRAMMAR.md", import.meta.url), "utf8");
const sections = [...reference.matchAll(/^### (\w+)\n([^]*?)(?=^#)/gm)].map(([, name, body]) => ({ name: name as RuleName, body: body! }));

describe("GRAMMAR.md", () => {
  it("has one section for each rule, in the parser's order, and the grammar has no ambiguities", () => {
    const rules = Object.keys(new LineParser(true).getGAstProductions());
    expect(sections.map(({ name }) => name).concat("text")).toEqual(rules);
  });

  it.each(sections)("shows lines that $name reads", ({ name, body }) => {
    const examples = body.match(/```domain\n([^]*?)\n```/)![1]!.split("\n");
    for (const example of examples) {
      const { failedAt, noted } = attempt(lex(example).tokens, name);
      expect({ example, failedAt, noted }).toEqual({ example, failedAt: undefined, noted: [] });
    }
  });

  it.each(sections)("defines $name by rules and kinds of words that there are", ({ name, body }) => {
    const [, left, right] = body.match(/```ebnf\n(\w+) = (.*)\n```/)!;
    expect(left).toBe(name);
    const mentioned = right!.replaceAll(/"[^"]*"/g, "").match(/\b[a-z]\w+\b/g) ?? [];
    const known = new Set([...sections.map((section) => section.name as string), "text", "and", "each", "without"]);
    expect(mentioned.filter((rule) => !known.has(rule))).toEqual([]);
  });
});
