import type { IToken } from "chevrotain";
import { builtInTypes } from "./built-in-types.ts";
import { nearest } from "./nearest.ts";
import { wordsFor } from "./other-words.ts";
import { Bar, Colon, Comma, Dot, Equals, keyword, neverNames, Text, UnclosedText, MisquotedText, Word } from "./tokens.ts";

/** What the lines of a block are. */
export type BlockKind = keyof typeof blocks;

interface Shape {
  /** How messages call it: the word that opens it. */
  readonly called: string;
  /** First words of its lines. */
  readonly words: readonly string[];
  readonly fields?: true;
  /** Whether a text may describe it and questions may stand in it. */
  readonly described?: true;
}

const declarations = [
  "domain",
  "import",
  "role",
  "context",
  "value",
  "choice",
  "type",
  "function",
  "table",
  "list",
  "flow",
  "scenario",
] as const;
const rowStatements = ["add", "update", "remove", "let", "when", "otherwise", "for", "by"] as const;

export const blocks = {
  file: { called: "", words: declarations },
  domain: { called: "domain", words: ["time"], described: true },
  context: { called: "context", words: ["aggregate", "value", "choice", "type", "function", "table", "role"], described: true },
  aggregate: {
    called: "aggregate",
    words: ["command", "event", "retired", "invariant", "unique", "allow", "upgrade"],
    fields: true,
    described: true,
  },
  value: { called: "value", words: [], fields: true, described: true },
  choice: { called: "choice", words: [], described: true },
  table: { called: "table", words: [], described: true },
  /** Nothing but a description and questions. */
  description: { called: "", words: [], described: true },
  command: { called: "command", words: ["reject", "publish", "let", "when", "otherwise", "by"], fields: true, described: true },
  event: {
    called: "event",
    words: ["set", "add", "remove", "update", "clear", "end", "let", "when", "otherwise"],
    fields: true,
    described: true,
  },
  upgrade: { called: "upgrade", words: ["by"], described: true },
  list: { called: "list", words: ["index", "when", "query", "allow"], fields: true, described: true },
  projection: { called: "when", words: rowStatements, described: true },
  flow: { called: "flow", words: ["when"], fields: true, described: true },
  reaction: {
    called: "when",
    words: ["set", "run", "end", "schedule", "cancel", "let", "when", "otherwise", "for", "by"],
    described: true,
  },
  code: { called: "by code", words: ["may"] },
  scenario: { called: "scenario", words: ["given", "when", "then"], described: true },
  args: { called: "with", words: [] },
  /** Assignments, and changes of collections. */
  changes: { called: "update", words: ["add", "remove"] },
  conditions: { called: "of", words: [] },
  /** Below a line that nobody understands. */
  unknown: { called: "", words: [] },
} as const satisfies Record<string, Shape>;

export function shapeOf(block: BlockKind): Shape {
  return blocks[block];
}

type Tokens = readonly IToken[];
type Opening = BlockKind | ((tokens: Tokens, block: BlockKind) => BlockKind | undefined);

const onlyConditions = (tokens: Tokens) => (endsInGroup(tokens) ? "conditions" : undefined);
const same = (_: Tokens, block: BlockKind) => block;
const unlessWith = (tokens: Tokens) => (has(tokens, "with") ? undefined : ("args" as const));

const statementOpenings: Readonly<Record<string, Opening>> = {
  reject: onlyConditions,
  let: onlyConditions,
  publish: (tokens) => (endsInGroup(tokens) ? "conditions" : unlessWith(tokens)),
  run: unlessWith,
  when: same,
  otherwise: same,
  else: same,
  elseif: same,
  for: same,
  by: "code",
  add: (tokens) => (tokens.length === 1 || tokens[1]?.image === "or" || has(tokens, "where") ? "changes" : undefined),
  update: (tokens) => (tokens.length === 1 || has(tokens, "where") ? "changes" : undefined),
};

const declarationOpenings: Readonly<Record<string, Opening>> = {
  ...{ domain: "domain", role: "description", context: "context", value: "value", choice: "choice", type: "description" },
  ...{ function: "description", table: "table", list: "list", flow: "flow", scenario: "scenario", aggregate: "aggregate" },
};

const openings: { readonly [Block in BlockKind]?: Readonly<Record<string, Opening>> } = {
  file: declarationOpenings,
  context: declarationOpenings,
  aggregate: {
    ...{ command: "command", event: "event", retired: "event", upgrade: "upgrade", unique: "description", allow: "description" },
    invariant: (tokens) => (endsInGroup(tokens) ? "conditions" : "description"),
  },
  command: statementOpenings,
  event: statementOpenings,
  upgrade: { by: "code" },
  list: { when: "projection", query: "description", allow: "description" },
  projection: statementOpenings,
  flow: { when: "reaction" },
  reaction: statementOpenings,
};

/** The block that lines below this one stand in; none, if the line opens nothing. */
export function openedBy(block: BlockKind, tokens: Tokens): BlockKind | undefined {
  if (isField(tokens)) return undefined;
  if (block === "unknown") return "unknown";
  if (block === "conditions") return endsInGroup(tokens) ? "conditions" : undefined;
  const known = openings[block];
  if (known === undefined) return undefined;
  const word = leadingWord(block, tokens);
  if (word === undefined) {
    const isComplete = (isDescription(tokens) && block !== "file") || isQuestion(tokens) || isUnfinishedField(block, tokens);
    return isComplete ? undefined : "unknown";
  }
  const opening = known[word];
  return typeof opening === "function" ? opening(tokens, block) : opening;
}

/** `text text`: nobody knows the first word, but in a field the second would be right. */
export function isUnfinishedField(block: BlockKind, [first, second]: Tokens): boolean {
  if (shapeOf(block).fields !== true || second === undefined || statementWords.has(first!.image.toLowerCase())) return false;
  if (second.tokenType === Equals) return true;
  return /^\p{L}/u.test(second.image) && second.tokenType !== keyword.on && !neverNames.has(second.image);
}

/** The first word, as it is or as it was probably meant, if lines of this block may begin with it. */
export function leadingWord(block: BlockKind, tokens: Tokens): string | undefined {
  const word = tokens[0]!.image;
  const { words } = shapeOf(block);
  if (words.includes(word) || (block !== "context" && block !== "file" && Object.hasOwn(openings[block] ?? {}, word))) return word;
  if (isStatementBlock(block) && isStatement(tokens[0]!)) return word;
  const meant = wordsFor(word).find((other) => words.includes(other)) ?? nearest(word, words);
  if (looksLikeField(block, tokens) && meant !== undefined && wordsFor(word).includes(meant)) return undefined;
  return looksLikeField(block, tokens) && word.length < 5 && word.toLowerCase() !== meant ? undefined : meant;
}

const typeWords = new Set<string>([...builtInTypes, "optional", "list", "map"]);

/** `sett text` is rather a field than a statement, for the second word is a type that everybody has; `comman text` is not. */
function looksLikeField(block: BlockKind, tokens: Tokens) {
  return shapeOf(block).fields === true && tokens[1] !== undefined && typeWords.has(tokens[1].image);
}

/** Whether such a line belongs into such a block, by its first words. */
export function mayStand(block: BlockKind, tokens: Tokens): boolean {
  const shape = shapeOf(block);
  if (block === "unknown") return true;
  if (isField(tokens)) return shape.fields === true || block === "args" || block === "changes";
  if (isDescription(tokens) || isQuestion(tokens)) return shape.described === true;
  const [first, second] = tokens as readonly [IToken, IToken | undefined];
  switch (block) {
    case "choice":
      return second === undefined || second.tokenType === keyword.was;
    case "table":
      return first.tokenType === Bar;
    case "conditions":
      return !startsStatement(tokens);
    case "args":
    case "changes":
      return isArg(tokens) || shape.words.includes(first.image);
    default:
      return shape.words.includes(first.image) || (isStatementBlock(block) && isStatement(first));
  }
}

/** Which statement belongs into which block is not a matter of layout. */
const statements: ReadonlySet<string> = new Set([
  ...[blocks.command, blocks.event, blocks.projection, blocks.reaction].flatMap(({ words }) => words),
  ...["else", "elseif"],
]);

export function isStatementBlock(block: BlockKind): boolean {
  return openings[block] === statementOpenings;
}

export function isStatement({ image }: IToken): boolean {
  return statements.has(image);
}

const statementWords = new Set([...Object.values(blocks).flatMap(({ words }: Shape) => words)]);

function startsStatement([first, second]: Tokens) {
  if (first!.image === "add" && second?.tokenType === keyword.or) return true;
  return statementWords.has(first!.image) && (second?.tokenType === Word || (second !== undefined && isText(second)));
}

/** A line is a field if and only if its second word is a colon. */
export function isField(tokens: Tokens): boolean {
  return tokens[1]?.tokenType === Colon && tokens[0]!.tokenType !== Bar;
}

export function isDescription(tokens: Tokens): boolean {
  return tokens.length === 1 && isText(tokens[0]!);
}

export function isQuestion(tokens: Tokens): boolean {
  return tokens[0]!.tokenType === keyword.question && tokens[1] !== undefined && isText(tokens[1]);
}

/** `when message.sent`, `when payment.request rejected`, `when paymentDue`: no condition. */
export function isTrigger(tokens: Tokens): boolean {
  const end = tokens.findIndex(({ tokenType }, index) => index > 1 && index % 2 === 0 && tokenType !== Dot);
  const after = end === -1 ? undefined : tokens[end]!.tokenType;
  return after === undefined || after === keyword.rejected || after === keyword.for;
}

function isArg(tokens: Tokens) {
  const second = tokens[1]?.tokenType;
  return second === undefined || second === Equals || second === Comma;
}

function isText({ tokenType }: IToken) {
  return tokenType === Text || tokenType === UnclosedText || tokenType === MisquotedText;
}

/** `all of` at the end of a line: the conditions stand below. */
export function endsInGroup(tokens: Tokens): boolean {
  const word = tokens.at(-2)?.image;
  return tokens.at(-1)!.tokenType === keyword.of && (word === "all" || word === "any" || word === "none");
}

function has(tokens: Tokens, word: "with" | "where") {
  return tokens.some(({ tokenType }) => tokenType === keyword[word]);
}
