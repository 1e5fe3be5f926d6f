import type { IToken } from "chevrotain";
import { attempt, type RuleName } from "./attempt.ts";
import { wordsAt } from "./rewrite.ts";

export interface OtherLine {
  readonly write: string;
  /** Its first word. */
  readonly word: keyof typeof rules;
  readonly tokens: readonly IToken[];
}

/** What the lines that are meant are read by. */
const rules = { set: "set", update: "updateRow", allow: "allow", end: "end" } as const satisfies Record<string, RuleName>;

const more = ["increase", "increment", "raise"];
const less = ["decrease", "decrement", "reduce", "lower"];

/** Whole lines as they are said elsewhere, in words that may begin a line there: `increase likes by 1`, `likes += 1`, `only baker may bake`, `delete order`. */
export function otherLine(tokens: readonly IToken[], words: readonly string[], text: string): OtherLine | undefined {
  const last = tokens.at(-1)!;
  const span = { start: tokens[0]!.startOffset, end: last.startOffset + last.image.length };
  const sourceFrom = (token: IToken) => text.slice(token.startOffset, span.end);
  const found = changed(tokens, words, sourceFrom) ?? allowed(tokens, words, sourceFrom) ?? ended(tokens, words);
  if (found === undefined) return undefined;
  const written = wordsAt(found.write, span);
  const { failedAt, noted } = attempt(written, rules[found.word]);

  return failedAt === undefined && noted.length === 0 ? { ...found, tokens: written } : undefined;
}

type SourceFrom = (token: IToken) => string;
type Found = Omit<OtherLine, "tokens"> | undefined;

function changed(tokens: readonly IToken[], words: readonly string[], sourceFrom: SourceFrom): Found {
  const word = (["set", "update"] as const).find((one) => words.includes(one));
  const [first, second, third, fourth] = tokens;
  if (word === undefined || second === undefined || third === undefined) return undefined;
  const change = (name: string, operator: string, amount: string) => ({ word, write: `${word} ${name} = ${name} ${operator} ${amount}` });

  const isMore = more.includes(first!.image);
  if ((isMore || less.includes(first!.image)) && third.image === "by" && fourth !== undefined) {
    return change(second.image, isMore ? "+" : "-", operand(tokens.slice(3), sourceFrom(fourth)));
  }
  if (!/^[+-]$/.test(second.image)) return undefined;
  if (third.image === "=" && fourth !== undefined) return change(first!.image, second.image, operand(tokens.slice(3), sourceFrom(fourth)));

  return third.image === second.image && fourth === undefined ? change(first!.image, second.image, "1") : undefined;
}

function operand(tokens: readonly IToken[], source: string): string {
  return tokens.length === 1 ? source : `(${source})`;
}

function allowed(tokens: readonly IToken[], words: readonly string[], sourceFrom: SourceFrom): Found {
  const [first, second, third] = tokens[0]!.image === "only" ? tokens.slice(1) : tokens;
  if (!words.includes("allow") || third === undefined || !/^(?:may|can)$/.test(second!.image)) return undefined;

  return { word: "allow", write: `allow ${first!.image} to ${sourceFrom(third)}` };
}

/** Whole things, not elements of something. */
function ended(tokens: readonly IToken[], words: readonly string[]): Found {
  const isMeant =
    words.includes("end") && tokens.length === 2 && ["delete", "destroy", "drop", "erase", "finish"].includes(tokens[0]!.image);

  return isMeant ? { word: "end", write: `end ${tokens[1]!.image}` } : undefined;
}
