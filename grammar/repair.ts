import type { IToken, TokenType } from "chevrotain";
import type { Span } from "./ast.ts";
import { attempt, type Outcome, type RuleName, wantedAt } from "./attempt.ts";
import { fault, type Fault, type Fix } from "./faults.ts";
import { lex, tokenOf } from "./lexer.ts";
import { nearest, nearestFirst } from "./nearest.ts";
import { otherValue } from "./other-values.ts";
import { digitsFor, otherPhrases, unitFor, wordsFor } from "./other-words.ts";
import { rewritten, type Explained } from "./rewrite.ts";
import * as token from "./tokens.ts";
import { keyword, neverNames, typeOfWord, unitNames } from "./tokens.ts";

/** Why a line could not be read, and what it probably was to say: one word doubled, misspelled, missing, too much, or another one. */
export function explain(
  tokens: readonly IToken[],
  rule: RuleName,
  { failedAt, complete }: Outcome,
  { text, hasBody }: { readonly text: string; readonly hasBody: boolean },
): Explained {
  const at = failedAt!;
  const expected = expectations(tokens.slice(0, at), rule, complete);
  const reserved = reservedName(tokens[at], expected);
  if (reserved !== undefined) return { found: reserved };
  return (
    otherValue(tokens, rule, at, text) ??
    otherWord(tokens, rule, at, expected) ??
    doubled(tokens, rule, at) ??
    misspelled(tokens, rule, at, expected) ??
    misspelledBefore(tokens, rule, at) ??
    otherPhrase(tokens, rule, at, text) ??
    otherType(tokens, rule, at) ??
    otherUnit(tokens, rule, at) ??
    numberInWords(tokens, rule, at, text) ??
    timePasses(tokens, rule) ??
    severalPeople(tokens, rule, at, text) ??
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

/** `reject "No." if closed`, `likes: 0` where something is assigned: what people say elsewhere. */
function otherWord(tokens: readonly IToken[], rule: RuleName, at: number, { words }: Expectations): Explained | undefined {
  const found = tokens[at];
  const before = tokens[at - 1];
  if (found === undefined || before === undefined) return undefined;
  for (const write of wordsFor(found.image)) {
    const isMeant = ({ image }: IToken, index: number) => index === at || (index > at && write === "," && image === found.image);
    const meant = tokens.map((one, index) => (isMeant(one, index) ? as(typeOfImage(write), one) : one));
    const outcome = words.includes(write) ? attempt(meant, rule) : undefined;
    if (outcome === undefined || outcome.failedAt !== undefined || outcome.noted.length > 0) continue;
    const facts = { found: found.image, write };
    return { found: fault("foreign-spelling", spanOf(found), facts, { fix: putInstead(write, found, before) }), value: outcome.value };
  }
  return undefined;
}

function putInstead(write: string, found: IToken, before: IToken): Fix {
  const end = before.startOffset + before.image.length;
  if (write === ",") return { span: { start: end, end: spanOf(found).end }, text: "," };
  return { span: spanOf(found), text: end === found.startOffset ? ` ${write}` : write };
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
  const outcome = attempt(tokens.with(at, as(type, found)), rule);
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

/** `taken is less than 5`, `max 60 characters`, `then error "…"` */
function otherPhrase(tokens: readonly IToken[], rule: RuleName, at: number, text: string): Explained | undefined {
  for (const [said, write] of otherPhrases) {
    const words = said.split(" ");
    for (let first = at; first >= Math.max(1, at - words.length); first--) {
      const found = tokens.slice(first, first + words.length);
      if (imagesOf(found) !== said) continue;
      const explained = rewritten(tokens, rule, { first, count: words.length, write }, text);
      if (explained !== undefined) return explained;
    }
  }
  return undefined;
}

/** `note: text optional`, `days: date[]`, `days: date list` */
function otherType(tokens: readonly IToken[], rule: RuleName, at: number): Explained | undefined {
  const [, , type] = tokens;
  const end = tokens[at]?.image === "[" ? at + 2 : at + 1;
  const found = imagesOf(tokens.slice(at, end));
  const before = typesAfter.get(found);
  if (rule !== "field" || at !== 3 || type === undefined || before === undefined) return undefined;
  const span = { start: type.startOffset, end: spanOf(tokens[end - 1]!).end };
  const words = lex(before).tokens.map((one) => ({ ...one, startOffset: span.start }));
  const { failedAt, value } = attempt([...tokens.slice(0, 2), ...words, type, ...tokens.slice(end)], rule);
  if (failedAt !== undefined) return undefined;
  const facts = { found: `${type.image} ${found}`.replace(" [ ]", "[]"), write: `${before} ${type.image}` };
  return { found: fault("foreign-spelling", span, facts, { fix: { span, text: facts.write } }), value };
}

const typesAfter: ReadonlyMap<string, string> = new Map([
  ["optional", "optional"],
  ["?", "optional"],
  ["list", "list of"],
  ["[ ]", "list of"],
]);

/** `3 h`, `3 dyas`, `3 months` */
function otherUnit(tokens: readonly IToken[], rule: RuleName, at: number): Explained | undefined {
  const amount = tokens[at - 1];
  const found = tokens[at];
  if (found === undefined || amount?.tokenType !== token.Digits) return undefined;
  const isUneven = /^(?:month|year)s?$/.test(found.image);
  const write = unitFor(found.image) ?? nearest(found.image, unitNames);
  if (!isUneven && write === undefined) return undefined;
  const outcome = attempt(tokens.with(at, tokenOf(token.TimeUnit, write ?? "days", found.startOffset)), rule);
  if (outcome.failedAt !== undefined) return undefined;
  const span = { start: amount.startOffset, end: spanOf(found).end };
  const facts = { written: `${amount.image} ${found.image}`, unit: isUneven ? "" : (write ?? "") };
  const fix = isUneven ? undefined : { span, text: `${amount.image} ${write ?? ""}` };
  return { found: fault("unknown-unit", span, facts, { fix }), value: outcome.value };
}

/** `in three days` */
function numberInWords(tokens: readonly IToken[], rule: RuleName, at: number, text: string): Explained | undefined {
  const found = tokens[at - 1];
  const digits = found && digitsFor(found.image);
  return digits === undefined ? undefined : rewritten(tokens, rule, { first: at - 1, count: 1, write: digits }, text);
}

/** `when 49 hours pass`, `given after 3 days`: that time passes is given. */
function timePasses(tokens: readonly IToken[], rule: RuleName): Explained | undefined {
  if (!steps.has(rule)) return undefined;
  const at = tokens[1]?.image === "after" ? 2 : 1;
  const [amount, unit] = [tokens[at], tokens[at + 1]];
  if (amount?.tokenType !== token.Digits || unit === undefined || tokens.length > at + 4) return undefined;
  const { startOffset } = tokens[0]!;
  const written = [tokenOf(keyword.given, "given", startOffset), amount, unit, tokenOf(keyword.pass, "pass", unit.startOffset)];
  const { failedAt, value } = attempt(written, "given");
  if (failedAt !== undefined) return undefined;
  const span = { start: startOffset, end: spanOf(tokens.at(-1)!).end };
  const write = imagesOf(written);
  return { found: fault("foreign-spelling", span, { found: imagesOf(tokens), write }, { fix: { span, text: write } }), value };
}

const steps: ReadonlySet<RuleName> = new Set(["given", "whenStep", "then"] as const);

/** `allow clerk, manager to place` */
function severalPeople(tokens: readonly IToken[], rule: RuleName, at: number, text: string): Explained | undefined {
  const to = tokens.findIndex(({ tokenType }) => tokenType === keyword.to);
  if (rule !== "allow" || at !== 2 || to === -1) return undefined;
  const who = tokens.slice(1, to).filter(({ image }) => !wordsFor(image).includes(",") && image !== ",");
  const lines = who.map((one) => [tokens[0]!, one, ...tokens.slice(to)]);
  const outcomes = lines.map((line) => attempt(line, rule));
  if (outcomes.length < 2 || outcomes.some(({ failedAt }) => failedAt !== undefined)) return undefined;
  const span = { start: tokens[0]!.startOffset, end: spanOf(tokens.at(-1)!).end };
  const indentation = /[ \t]*$/.exec(text.slice(0, span.start))![0];
  const rest = text.slice(tokens[to]!.startOffset, span.end);
  const fix = { span, text: who.map(({ image }) => `allow ${image} ${rest}`).join(`\n${indentation}`) };
  const place = { start: who[0]!.startOffset, end: spanOf(tokens[to - 1]!).end };
  return { found: fault("several-people", place, { who: who.map(({ image }) => image), rest }, { fix }), value: outcomes[0]!.value };
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
  if (last.image === only.word)
    return { found: fault("unexpected-word", spanOf(last), { found: last.image, expected: ["NAME"], line: rule }) };

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
const opens: ReadonlySet<string> = new Set(["was", "(", "[", ".", "all", "any", "none", "not", "if", "new", "see", "read"]);

function surplus(tokens: readonly IToken[], rule: RuleName, at: number, { told }: Expectations): Explained {
  const found = tokens[at];
  if (found === undefined) {
    const last = tokens.at(-1)!;
    const end = last.startOffset + last.image.length;
    return { found: fault("incomplete-line", { start: last.startOffset, end }, { after: last.image, expected: told, line: rule }) };
  }
  const outcome = attempt(without(tokens, at), rule);
  const value = outcome.failedAt === undefined && outcome.noted.length === 0 ? outcome.value : undefined;
  if (value !== undefined && /^[,:.]$/.test(found.image)) {
    return {
      found: fault("needless-punctuation", spanOf(found), { found: found.image }, { fix: { span: spanOf(found), text: "" } }),
      value,
    };
  }
  const facts = { found: found.image, expected: sorted(found.image, told), line: rule };
  return { found: fault("unexpected-word", spanOf(found), facts), value };
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

/** The word as if it were of another type. */
function as(type: TokenType, found: IToken): IToken {
  return { ...found, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! };
}

function imagesOf(tokens: readonly IToken[]) {
  return tokens.map(({ image }) => image).join(" ");
}

function without(tokens: readonly IToken[], index: number) {
  return tokens.toSpliced(index, 1);
}

function spanOf({ startOffset, image }: IToken): Span {
  return { start: startOffset, end: startOffset + image.length };
}
