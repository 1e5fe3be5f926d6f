import type { IToken, TokenType } from "chevrotain";
import type { Span } from "./ast.ts";
import { attempt, type Outcome, type RuleName, wantedAt } from "./attempt.ts";
import { fault, type Fault } from "./faults.ts";
import { tokenOf } from "./lexer.ts";
import { nearest, nearestFirst } from "./nearest.ts";
import * as token from "./tokens.ts";
import { keyword, neverNames, typeOfWord } from "./tokens.ts";

export interface Explained {
  readonly found: Fault;
  /** What the line says, if one small change makes it readable. */
  readonly value?: unknown;
}

/** Why a line could not be read, and what it probably was to say: one word doubled, misspelled, missing or too much. */
export function explain(tokens: readonly IToken[], rule: RuleName, { failedAt, complete }: Outcome, hasBody: boolean): Explained {
  const at = failedAt!;
  const expected = expectations(tokens.slice(0, at), rule, complete);
  const reserved = reservedName(tokens[at], expected);
  if (reserved !== undefined) return { found: reserved };
  return (
    otherEquals(tokens, rule, at, expected) ??
    doubled(tokens, rule, at) ??
    misspelled(tokens, rule, at, expected) ??
    misspelledBefore(tokens, rule, at) ??
    undotted(tokens, rule, at) ??
    missing(tokens, rule, at, hasBody ? withoutWith(expected) : expected) ??
    surplus(tokens, rule, at, expected)
  );
}

/** A statement has what it is given on its line or below it, never both. */
function withoutWith({ words, told }: Expectations): Expectations {
  const others = (entries: readonly string[]) => entries.filter((entry) => entry !== "with");
  return { words: others(words), told: others(told) };
}

interface Expectations {
  /** Words and symbols of the language. */
  readonly words: readonly string[];
  /** All of it, as facts tell it. */
  readonly told: readonly string[];
}

/** Rules that may always go on behind a value; nobody wants to read all that they offer. */
const continuing: ReadonlySet<string> = new Set(["operation", "member", "nameOrCall", "filter", "number", "path"]);

function expectations(before: readonly IToken[], rule: RuleName, complete: boolean): Expectations {
  const words = new Set<string>();
  const told = new Set<string>();
  for (const { rule: decider, types } of wantedAt(before, rule)) {
    for (const { LABEL } of types) if (LABEL !== undefined) words.add(LABEL);
    if (!continuing.has(decider)) for (const entry of tell(decider, types)) told.add(entry);
  }
  if (complete) told.add("LINE-END");
  return { words: [...words], told: told.size === 0 ? ["OPERATOR"] : [...told] };
}

const kinds: ReadonlyMap<TokenType, string> = new Map([
  ...([
    [token.Name, "NAME"],
    [token.Text, "TEXT"],
    [token.Digits, "NUMBER"],
    [token.Pattern, "PATTERN"],
  ] as const),
]);

/** What every value may begin with. */
const beginsValue: ReadonlySet<TokenType> = new Set([
  ...[token.Digits, token.Text, token.Truth, token.DateText, token.GivenName, token.OpenList, token.Open, token.Name, token.Minus],
  ...[token.ForeignNot, keyword.none, keyword.not, keyword.if],
]);

function tell(decider: string, types: readonly TokenType[]): string[] {
  if (decider === "type") return ["TYPE"];
  if (decider === "term") return ["VALUE"];
  const isValue = types.includes(token.Digits) && types.includes(token.Text);
  const others = isValue ? types.filter((type) => !beginsValue.has(type)) : types;
  return [...(isValue ? ["VALUE"] : []), ...others.flatMap((type) => kinds.get(type) ?? type.LABEL ?? [])];
}

function reservedName(found: IToken | undefined, { told }: Expectations): Fault | undefined {
  if (found === undefined || !neverNames.has(found.image) || told.length !== 1 || told[0] !== "NAME") return undefined;
  return fault("reserved-name", spanOf(found), { word: found.image, place: "name" });
}

/** `likes: 0` or `likes == 0` where something is assigned. */
function otherEquals(tokens: readonly IToken[], rule: RuleName, at: number, { words }: Expectations): Explained | undefined {
  const found = tokens[at];
  if ((found?.tokenType !== token.Colon && found?.tokenType !== token.ForeignOperator) || !words.includes("=")) return undefined;
  const outcome = attempt(tokens.with(at, tokenOf(token.Equals, "=", found.startOffset)), rule);
  if (outcome.failedAt !== undefined) return undefined;
  const span = spanOf(found);
  const before = tokens[at - 1]!;
  const gap = before.startOffset + before.image.length === found.startOffset ? " " : "";
  return {
    found: fault("foreign-spelling", span, { found: found.image, write: "=" }, { fix: { span, text: `${gap}=` } }),
    value: outcome.value,
  };
}

/** `publish publish sent` */
function doubled(tokens: readonly IToken[], rule: RuleName, at: number): Explained | undefined {
  for (const index of [at, at - 1]) {
    const word = tokens[index];
    const previous = tokens[index - 1];
    if (word === undefined || previous === undefined || word.image !== previous.image) continue;
    const outcome = attempt(without(tokens, index), rule);
    if (outcome.failedAt !== undefined) continue;
    const gap = { start: previous.startOffset + previous.image.length, end: word.startOffset + word.image.length };
    return { found: fault("doubled-word", spanOf(word), { word: word.image }, { fix: { span: gap, text: "" } }), value: outcome.value };
  }
  return undefined;
}

/** `publish sent wiht text` */
function misspelled(tokens: readonly IToken[], rule: RuleName, at: number, { words, told }: Expectations): Explained | undefined {
  const found = tokens[at];
  if (found === undefined || !/^\p{L}/u.test(found.image)) return undefined;
  const meant = nearest(
    found.image,
    words.filter((word) => /^\p{L}/u.test(word)),
  );
  const type = meant === undefined ? undefined : typeOfWord.get(meant);
  if (meant === undefined || type === undefined) return undefined;
  const outcome = attempt(tokens.with(at, { ...found, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! }), rule);
  if (outcome.failedAt !== undefined) return undefined;
  const span = spanOf(found);
  const facts = { found: found.image, expected: sorted(found.image, told) };
  return { found: fault("unexpected-word", span, facts, { fix: { span, text: meant } }), value: outcome.value };
}

/** `allow everyone to ssee sent`: the word before was taken for a name. */
function misspelledBefore(tokens: readonly IToken[], rule: RuleName, at: number): Explained | undefined {
  const before = tokens.slice(0, at - 1);
  return tokens[at - 1]?.tokenType === token.Name ? misspelled(tokens, rule, at - 1, expectations(before, rule, false)) : undefined;
}

/** `when message sent` */
function undotted(tokens: readonly IToken[], rule: RuleName, at: number): Explained | undefined {
  const last = tokens[at - 1];
  const next = tokens[at];
  if (!namesByPath.has(rule) || last === undefined || next === undefined || !/^[\p{L}_]/u.test(next.image)) return undefined;
  const end = last.startOffset + last.image.length;
  const outcome = attempt(tokens.toSpliced(at, 0, tokenOf(token.Dot, ".", end)), rule);
  if (outcome.failedAt !== undefined || outcome.noted.length > 0) return undefined;
  const fix = { span: { start: end, end: next.startOffset }, text: ".", isGuess: true };
  return { found: fault("missing-word", spanOf(next), { word: ".", before: next.image }, { fix }), value: outcome.value };
}

const namesByPath: ReadonlySet<RuleName> = new Set(["reaction", "given", "whenStep", "then", "run"] as const);

/** `publish sent text`: with one word in between it can be read, and with only one. */
function missing(tokens: readonly IToken[], rule: RuleName, at: number, { words, told }: Expectations): Explained | undefined {
  const next = tokens[at];
  const last = tokens[at - 1];
  if (last === undefined) return undefined;
  const end = last.startOffset + last.image.length;
  const readable = insertable(words, told, next)
    .map((word) => ({ word, outcome: attempt(tokens.toSpliced(at, 0, tokenOf(typeOfImage(word), word, end)), rule) }))
    .filter(({ outcome }) => outcome.failedAt === undefined && outcome.noted.length === 0);
  const [first, other] = readable;
  const only = readable.find(({ word }) => word === "with") ?? (other === undefined ? first : undefined);
  if (only === undefined) return undefined;
  // `command on new message`: the word is there, but was taken for the name that is missing.
  if (last.image === only.word) return { found: fault("unexpected-word", spanOf(last), { found: last.image, expected: ["NAME"] }) };

  const isTight = /^[,:)\]]$/.test(only.word);
  const place = next === undefined || isTight ? { start: end, end } : { start: next.startOffset, end: next.startOffset };
  const text = isTight ? only.word : next === undefined ? ` ${only.word}` : `${only.word} `;
  const facts = { word: only.word, before: next?.image ?? "" };
  const isGuess = only.word === "," || only.word === "where" || rule === "then";
  return { found: fault("missing-word", spanOf(next ?? last), facts, { fix: { span: place, text, isGuess } }), value: only.outcome.value };
}

/** Words that hold a line together; not those that are values, nor operators, of which many would do. */
function insertable(words: readonly string[], told: readonly string[], next: IToken | undefined): readonly string[] {
  if (next?.tokenType === keyword.empty || next?.tokenType === keyword.none) return words.filter((word) => word === "is");
  const isCondition = next === undefined || /^[\p{L}(]/u.test(next.image);
  return told.filter((entry) => !isKind(entry) && !opens.has(entry) && (isCondition || !conditional.has(entry)));
}

const conditional: ReadonlySet<string> = new Set(["when", "unless"]);
const opens: ReadonlySet<string> = new Set(["(", "[", ".", "all", "any", "none", "not", "if", "new", "see", "read"]);

function surplus(tokens: readonly IToken[], rule: RuleName, at: number, { told }: Expectations): Explained {
  const found = tokens[at];
  if (found === undefined) {
    const last = tokens.at(-1)!;
    const end = last.startOffset + last.image.length;
    return { found: fault("incomplete-line", { start: last.startOffset, end }, { after: last.image, expected: told }) };
  }
  const outcome = attempt(without(tokens, at), rule);
  const value = outcome.failedAt === undefined && outcome.noted.length === 0 ? outcome.value : undefined;
  return { found: fault("unexpected-word", spanOf(found), { found: found.image, expected: sorted(found.image, told) }), value };
}

function sorted(word: string, told: readonly string[]) {
  return [
    ...nearestFirst(
      word,
      told.filter((entry) => !isKind(entry)),
    ),
    ...told.filter(isKind),
  ];
}

function isKind(entry: string) {
  return /^[A-Z-]+$/.test(entry) && entry !== "-";
}

const symbols: ReadonlyMap<string, TokenType> = new Map(
  token.lexedTypes.flatMap((type) => (type.LABEL === undefined ? [] : [[type.LABEL, type] as const])),
);

function typeOfImage(image: string): TokenType {
  return typeOfWord.get(image) ?? symbols.get(image)!;
}

function without(tokens: readonly IToken[], index: number) {
  return tokens.toSpliced(index, 1);
}

function spanOf({ startOffset, image }: IToken): Span {
  return { start: startOffset, end: startOffset + image.length };
}
