import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../src/diagnostics/catalogue.ts";
import { codes, explain, isCode, suggestCode } from "../../../src/diagnostics/explain.ts";

const root = join(import.meta.dirname, "../../..");
const textsOf = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

describe("the catalogue", () => {
  test("speaks the words of the whiteboard", () => {
    const foreign =
      /\b(tokens?|EOF|identifiers?|parse[rds]?|lexer|syntax|AST|nodes?|references? to|expected|unexpected|invalid|null|undefined|declaration|expression|cannot resolve)\b/i;
    for (const { file, text } of textsOf("src/diagnostics/{phrases.ts,catalogue/*.ts}")) {
      for (const sentence of sentencesIn(text.replaceAll(/\$\{[^}]*\}/g, "…"))) expect(sentence, file).not.toMatch(foreign);
    }
  });

  test("ends its sentences", () => {
    for (const { why } of codes.map((code) => catalogue[code])) expect(why).toMatch(/[.?!…]$/);
  });

  test("gives every code a name in words", () => {
    for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  test("has no code that nothing raises", () => {
    const raising = textsOf("{grammar,src/model,src/checker}/**/*.ts")
      .map(({ text }) => text)
      .join("\n");
    const constructed = ["unknown-event", "unknown-command"];
    expect(codes.filter((code) => !constructed.includes(code) && !raising.includes(`"${code}"`))).toEqual([]);
  });

  test("has a file of its own for each rule, named as its code", () => {
    const rules = globSync("src/checker/rules/*.ts", { cwd: root }).map((file) => file.replace(/.*\/|\.ts$/g, ""));
    expect(rules.filter((name) => !isCode(name))).toEqual([]);
  });

  test("explains every code with what is wrong and what is right", () => {
    for (const code of codes) {
      const page = explain(code);
      expect(page).toContain(code);
      expect(page).toContain(catalogue[code].why);
      expect(catalogue[code].wrong).not.toBe(catalogue[code].right);
    }
  });

  test("knows what a mistyped code was meant to be", () => {
    expect(suggestCode("unknwon-event").nearest).toBe("unknown-event");
  });
});

/** The texts in the catalogue that people read; names of codes and facts are none, and neither are examples. */
function sentencesIn(source: string): readonly string[] {
  return [...source.matchAll(/["`]([^"`\n]*[a-z] [^"`\n]*)["`]/g)]
    .map((match) => match[1] ?? "")
    .filter((text) => !text.includes("\\n") && !/Facts|import/.test(text));
}
