import type { TokenType } from "chevrotain";
import { createToken, Lexer } from "./chevrotain.ts";
import { matchRegularExpression, matchWord, wordStarts } from "./match.ts";
import { reservedWords } from "./reserved.ts";

/** Any word that may be a name: one that the language does not know, or one that it knows elsewhere. */
export const Name = createToken({ name: "Name", pattern: Lexer.NA });

export const Word = createToken({
  name: "Word",
  pattern: matchWord,
  start_chars_hint: [...wordStarts],
  line_breaks: false,
  categories: [Name],
});

/** Words that mean something where the grammar expects them, and are names everywhere else. */
const freeWords = [
  ...[
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
    "time",
    "zone",
    "question",
  ],
  ...[
    "aggregate",
    "command",
    "event",
    "retired",
    "invariant",
    "unique",
    "allow",
    "upgrade",
    "was",
    "on",
    "new",
    "any",
    "to",
    "see",
    "read",
    "from",
  ],
  ...[
    "matching",
    "at",
    "least",
    "most",
    "characters",
    "items",
    "optional",
    "map",
    "index",
    "by",
    "query",
    "order",
    "ascending",
    "descending",
    "take",
  ],
  ...[
    "for",
    "each",
    "the",
    "beginning",
    "rejected",
    "reject",
    "publish",
    "let",
    "code",
    "may",
    "run",
    "set",
    "clear",
    "add",
    "remove",
    "update",
  ],
  ...[
    "end",
    "schedule",
    "in",
    "cancel",
    "given",
    "pass",
    "as",
    "has",
    "no",
    "empty",
    "nothing",
    "allowed",
    "valid",
    "all",
    "contains",
    "starts",
  ],
  ...["ends", "matches", "mod", "character", "item"],
] as const;

type Keyword = (typeof reservedWords)[number] | (typeof freeWords)[number];

/** Chevrotain wants tokens in capitals, so that they differ from rules. */
const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

/** The token types of the words that the grammar mentions. */
export const keyword = Object.fromEntries([
  ...reservedWords.map((word) => [word, createToken({ name: capital(word), pattern: Lexer.NA, label: word })]),
  ...freeWords.map((word) => [word, createToken({ name: capital(word), pattern: Lexer.NA, label: word, categories: [Name] })]),
]) as Readonly<Record<Keyword, TokenType>>;

/** `now`, `today`, `it`: names that nobody can give. */
export const GivenName = createToken({ name: "GivenName", pattern: Lexer.NA });
export const Truth = createToken({ name: "Truth", pattern: Lexer.NA });
/** `days` and the others, one or many. */
export const TimeUnit = createToken({ name: "TimeUnit", pattern: Lexer.NA, categories: [Name] });

const oneTypeForMany = { now: GivenName, today: GivenName, it: GivenName, true: Truth, false: Truth } as const;
export const unitNames: readonly string[] = ["second", "minute", "hour", "day", "week"].flatMap((unit) => [unit, `${unit}s`]);

/** What a word is, unless it is just a word. */
export const typeOfWord: ReadonlyMap<string, TokenType> = new Map<string, TokenType>([
  ...Object.entries(keyword),
  ...Object.entries(oneTypeForMany),
  ...unitNames.map((unit) => [unit, TimeUnit] as const),
]);

/** "Never names" of the grammar. */
export const neverNames: ReadonlySet<string> = new Set([...reservedWords, ...Object.keys(oneTypeForMany)]);

export const Text = createToken({ name: "Text", pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*"/ });
/** `“…”`, `‘…’`, `'…'`, and mixtures with straight ones: read as a text, and reported. */
export const MisquotedText = createToken({
  name: "MisquotedText",
  pattern: /[“”„][^“”„"\r\n]*[“”"]|"[^“”„"\r\n]*[“”]|[‘’‚'][^‘’‚'\r\n]*[‘’']/,
  start_chars_hint: ["“", "”", "„", '"', "‘", "’", "‚", "'"],
  categories: [Text],
});
export const UnclosedText = createToken({
  name: "UnclosedText",
  pattern: /["“”„][^\r\n]*/,
  start_chars_hint: ['"', "“", "”", "„"],
  categories: [Text],
});
export const Pattern = createToken({ name: "Pattern", pattern: matchRegularExpression, start_chars_hint: ["/"], line_breaks: false });
export const DateText = createToken({ name: "DateText", pattern: /\d{4}-\d{2}-\d{2}(?!\d)/ });
export const Digits = createToken({ name: "Digits", pattern: /\d+(?:\.\d+)?/ });

const symbol = (name: string, image: string) => createToken({ name, pattern: image, label: image });
export const Colon = symbol("Colon", ":");
export const Comma = symbol("Comma", ",");
export const Dot = symbol("Dot", ".");
export const Open = symbol("Open", "(");
export const Close = symbol("Close", ")");
export const OpenList = symbol("OpenList", "[");
export const CloseList = symbol("CloseList", "]");
export const Bar = symbol("Bar", "|");
export const Equals = symbol("Equals", "=");
export const Plus = symbol("Plus", "+");
export const Minus = symbol("Minus", "-");
export const Times = symbol("Times", "*");
export const Divide = symbol("Divide", "/");
export const AtMost = symbol("AtMost", "<=");
export const AtLeast = symbol("AtLeast", ">=");
export const Less = symbol("Less", "<");
export const Greater = symbol("Greater", ">");

/** Operators of other languages, and what they are here. */
export const foreignOperators: ReadonlyMap<string, string> = new Map([
  ...([
    ["===", "is"],
    ["!==", "is not"],
    ["==", "is"],
    ["!=", "is not"],
    ["<>", "is not"],
    ["=<", "<="],
    ["=>", ">="],
  ] as const),
  ...([
    ["&&", "and"],
    ["||", "or"],
    ["&", "and"],
    ["≤", "<="],
    ["≥", ">="],
    ["≠", "is not"],
    ["×", "*"],
    ["÷", "/"],
    ["−", "-"],
  ] as const),
]);
export const ForeignOperator = createToken({
  name: "ForeignOperator",
  pattern: /[=!]==?|<>|=[<>]|&&?|\|\||[≤≥≠×÷−]/,
  start_chars_hint: ["=", "!", "<", "&", "|", "≤", "≥", "≠", "×", "÷", "−"],
});
export const ForeignNot = createToken({ name: "ForeignNot", pattern: "!" });
export const Punctuation = createToken({ name: "Punctuation", pattern: /[{};]/ });

export const Space = createToken({ name: "Space", pattern: /[ \t]+/, group: Lexer.SKIPPED });
/** Spaces that are none: no-break, narrow, ideographic, zero-width, the byte order mark. */
export const OddSpace = createToken({
  name: "OddSpace",
  pattern: /[\u000b\u000c\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/,
  start_chars_hint: [..."\u000b\u000c\u0085\u00a0\u1680\u2000\u200b\u2028\u202f\u205f\u2060\u3000\ufeff"],
});
export const LineBreak = createToken({ name: "LineBreak", pattern: /\r\n|\n|\r/, line_breaks: true });
export const CommentText = createToken({ name: "CommentText", pattern: /#[^\r\n]*/, group: "comments" });

/** Characters that begin nothing. */
export const Unknown = createToken({ name: "Unknown", pattern: Lexer.NA });

/** Made by the layout, never by the lexer. */
export const Newline = createToken({ name: "Newline", pattern: Lexer.NA });
export const Indent = createToken({ name: "Indent", pattern: Lexer.NA });
export const Dedent = createToken({ name: "Dedent", pattern: Lexer.NA });

/** In the order in which the lexer tries them. */
export const lexedTypes: readonly TokenType[] = [
  ...[Space, LineBreak, Word, CommentText, Text, MisquotedText, UnclosedText, Pattern, DateText, Digits, ForeignOperator, ForeignNot],
  ...[AtMost, AtLeast, Less, Greater, Equals, Colon, Comma, Dot, Open, Close, OpenList, CloseList, Bar, Plus, Minus, Times, Divide],
  ...[Punctuation, OddSpace],
];

/** What the parser may meet: all of them, the made ones and the words. */
export const tokenTypes: readonly TokenType[] = [
  ...[Name, ...lexedTypes, Unknown, Newline, Indent, Dedent, GivenName, Truth, TimeUnit],
  ...Object.values(keyword),
];
