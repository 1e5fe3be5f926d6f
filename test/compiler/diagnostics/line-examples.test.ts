import { describe, expect, it } from "vitest";
import { attempt, type RuleName } from "../../../grammar/attempt.ts";
import { lex } from "../../../grammar/lexer.ts";
import { lineExamples } from "../../../src/diagnostics/catalogue/line-examples.ts";

describe("what is shown for example", () => {
  it.each(Object.entries(lineExamples))("of a line of the rule %s can be read by it", (rule, example) => {
    const { failedAt, noted } = attempt(lex(example).tokens, rule as RuleName);
    expect({ failedAt, noted }).toEqual({ failedAt: undefined, noted: [] });
  });
});
