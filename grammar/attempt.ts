import type { IToken, ParserMethod, TokenType } from "chevrotain";
import type { Fault } from "./faults.ts";
import { LineParser } from "./parser.ts";
import { tokenTypes } from "./tokens.ts";

/** The rules of the grammar. */
export type RuleName = { [K in keyof LineParser]: LineParser[K] extends ParserMethod<[], infer _> ? K : never }[keyof LineParser];

export type ResultOf<Rule extends RuleName> = LineParser[Rule] extends ParserMethod<[], infer Result> ? Result : never;

export interface Outcome {
  readonly value: unknown;
  /** What is wrong with a line that could be read all the same. */
  readonly noted: readonly Fault[];
  /** Which token could not be read; the number of tokens, where the line ended too early. */
  readonly failedAt: number | undefined;
  /** The line could have ended before that token. */
  readonly complete: boolean;
}

let made: LineParser | undefined;

/** Made when the first line is read, and kept: making it costs more than reading a file. */
function parser(): LineParser {
  made ??= new LineParser();
  return made;
}

/** Reads tokens by a rule, once. */
export function attempt(tokens: readonly IToken[], rule: RuleName): Outcome {
  const reader = parser();
  reader.input = [...tokens];
  reader.noted = [];
  const value: unknown = reader[rule]();
  const [error] = reader.errors;
  if (error === undefined) return { value, noted: reader.noted, failedAt: undefined, complete: true };
  const at = tokens.findIndex(({ startOffset }) => startOffset === error.token.startOffset);
  return { value: undefined, noted: [], failedAt: at === -1 ? tokens.length : at, complete: error.name === "NotAllInputParsedException" };
}

/** Token types, and the rule that wanted them. */
export interface Wanted {
  readonly rule: string;
  readonly types: readonly TokenType[];
}

/** What could come next, decision by decision, after tokens that the rule accepts. */
export function wantedAt(tokens: readonly IToken[], rule: RuleName): Wanted[] {
  const reader = parser();
  const wanted: Wanted[] = [];
  reader.input = [...tokens];
  reader.decided = (decider, types) => {
    if (reader.isAtEnd()) wanted.push({ rule: decider, types });
  };
  try {
    reader[rule]();
  } finally {
    reader.decided = undefined;
  }
  const [error] = reader.errors;
  const expected = tokenTypes.find(({ name }) => name === error?.message);
  if (error !== undefined && expected !== undefined) wanted.push({ rule: error.context.ruleStack.at(-1) ?? rule, types: [expected] });
  return wanted;
}
