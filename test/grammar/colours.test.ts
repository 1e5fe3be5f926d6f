import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blocks } from "../../grammar/blocks.ts";
import { neverNames } from "../../grammar/tokens.ts";

interface Rule {
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly name?: string;
  readonly captures?: { readonly [group: string]: { readonly name: string } };
  readonly patterns?: readonly Rule[];
}

const { repository } = JSON.parse(readFileSync(new URL("../../grammar/domain.tmLanguage.json", import.meta.url), "utf8")) as {
  readonly repository: { readonly [name: string]: Rule };
};
const all = function* (rule: Rule): Iterable<Rule> {
  yield rule;
  for (const inner of rule.patterns ?? []) yield* all(inner);
};
const rules = Object.values(repository).flatMap((rule) => [...all(rule)]);

/** What the first rule that matches a whole piece of text calls it. */
const coloured = (text: string, from: readonly Rule[]) =>
  from.find(({ match }) => match !== undefined && new RegExp(`^(?:${match})$`, "u").test(text))?.name;

describe("the colours in editors", () => {
  it("are found by patterns that are well-formed", () => {
    for (const { match, begin, end } of rules)
      for (const pattern of [match, begin, end]) if (pattern !== undefined) new RegExp(pattern, "u");
  });

  it("know every word that a line may begin with", () => {
    const known = [repository["declaration"]!, repository["statement"]!].map(({ match }) => new RegExp(`${match}$`, "u"));
    const words = new Set(Object.values(blocks).flatMap(({ words: first }: { readonly words: readonly string[] }) => [...first]));
    expect([...words].filter((word) => !known.some((pattern) => pattern.test(word)))).toEqual([]);
  });

  it("know every word that is never a name", () => {
    const expression = repository["expression"]!.patterns!;
    expect([...neverNames, "starts", "ends", "contains"].filter((word) => coloured(word, expression) === undefined)).toEqual([]);
  });

  it.each([
    ["2026-01-31", "constant.other.date.domain"],
    ["24 hours", "constant.numeric.duration.domain"],
    ["0.5", "constant.numeric.domain"],
    [">=", "keyword.operator.domain"],
    ["none", "constant.language.domain"],
  ])("tell %s", (text, name) => {
    expect(coloured(text, repository["expression"]!.patterns!)).toBe(name);
  });
});
