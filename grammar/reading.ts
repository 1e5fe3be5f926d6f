import type { IToken } from "chevrotain";
import type { Name, Span } from "./ast.ts";
import { attempt, type ResultOf, type RuleName } from "./attempt.ts";
import { type BlockKind, leadingWord, shapeOf } from "./blocks.ts";
import { fault, type Fault, type NamePlace } from "./faults.ts";
import { nearestFirst } from "./nearest.ts";
import { otherLine } from "./other-lines.ts";
import { wordsFor } from "./other-words.ts";
import { endOf, endOfLine, type Line, startOf } from "./outline.ts";
import { explain } from "./repair.ts";
import { Colon, Equals, typeOfWord } from "./tokens.ts";

/** One file while its lines are read: what is wrong with them, and which of them the tree will lack. */
export interface Reading {
  /** What the line says, if that can be made out; if not, the fault is noted, and so are the lines that are lost with it. */
  read<Rule extends RuleName>(line: Line, rule: Rule): ResultOf<Rule> | undefined;
  /** The first word, as it is written or was probably meant, where lines of this block may begin with it; or notes what is wrong with it. */
  leading(line: Line, block: BlockKind): string | undefined;
  /** The line, and its first word, as this block has it, where it is said otherwise; that is noted. */
  otherwiseSaid(line: Line, block: BlockKind): { readonly word: string; readonly line: Line } | undefined;
  /** The line and all below it stay out of the tree. */
  skip(line: Line): void;
  note(fault: Fault): void;
  /** Unless the line is reported already. */
  noteUnlessFlawed(line: Line, fault: Fault): void;
  /** The line's words, without its comment. */
  source(line: Line): string;
}

/** `flawed` are lines (by the offset of their first token) that are reported: what else is wrong with them has the same cause. */
export function startReading(text: string, flawed: Set<number>): { reading: Reading; faults: Fault[]; unread: Span[] } {
  const faults: Fault[] = [];
  const unread: Span[] = [];

  const reading: Reading = {
    read<Rule extends RuleName>(line: Line, rule: Rule) {
      const outcome = tooLong(line) ?? attempt(line.tokens, rule);
      if ("code" in outcome) {
        faults.push(outcome);
      } else if (outcome.failedAt === undefined) {
        faults.push(...outcome.noted);
        return outcome.value as ResultOf<Rule>;
      } else if (!flawed.has(startOf(line))) {
        const { found, value } = explain(line.tokens, rule, outcome, { text, hasBody: line.children.length > 0 });
        faults.push(found);
        flawed.add(startOf(line));
        if (value !== undefined) return value as ResultOf<Rule>;
      }
      reading.skip(line);
      return undefined;
    },
    leading(line, block) {
      const [first, second] = line.tokens as readonly [IToken, IToken | undefined];
      const word = leadingWord(block, line.tokens);
      if (word === first.image) return word;
      if (flawed.has(startOf(line))) return word;
      const span = { start: first.startOffset, end: first.startOffset + first.image.length };
      const { words, called, fields } = shapeOf(block);
      const expected = nearestFirst(first.image, words).slice(0, 12);
      flawed.add(startOf(line));
      const verb = second?.tokenType === Equals ? ["set", "let", "update"].find((one) => words.some((known) => known === one)) : undefined;
      if (word === undefined && verb !== undefined) {
        const fix = { span: { start: span.start, end: span.start }, text: `${verb} `, isGuess: true };
        faults.push(fault("missing-word", span, { word: verb, before: first.image }, { fix }));
      } else if (word !== undefined && wordsFor(first.image).includes(word)) {
        faults.push(fault("foreign-spelling", span, { found: first.image, write: word }, { fix: { span, text: word, isGuess: true } }));
      } else if (/^[\p{L}_]/u.test(first.image)) {
        const fix = word === undefined ? undefined : { span, text: word, isGuess: typeOfWord.has(first.image) };
        faults.push(fault("unknown-word", span, { word: first.image, block: called, expected }, { fix }));
      } else {
        const isNameless = fields === true && first.tokenType === Colon;
        faults.push(fault("unexpected-word", span, { found: first.image, expected: isNameless ? ["NAME"] : expected }));
      }
      return word;
    },
    otherwiseSaid(line, block) {
      // Who changes something in a command learns from the model where that belongs.
      const isMisplaced = block === "command";
      const other = otherLine(line.tokens, isMisplaced ? ["set"] : shapeOf(block).words, text);
      if (other === undefined) return undefined;
      const { word, write, tokens } = other;
      if (isMisplaced) return { word, line: { ...line, tokens } };
      const span = { start: startOf(line), end: endOfLine(line) };
      reading.noteUnlessFlawed(
        line,
        fault("foreign-spelling", span, { found: reading.source(line), write }, { fix: { span, text: write, isGuess: true } }),
      );

      return { word, line: { ...line, tokens } };
    },
    skip: (line) => unread.push({ start: startOf(line), end: endOf(line) }),
    noteUnlessFlawed: (line, noted) => {
      if (!flawed.has(startOf(line))) faults.push(noted);
    },
    note: (noted) => faults.push(noted),
    source: (line) => text.slice(startOf(line), endOfLine(line)),
  };
  return { reading, faults, unread };
}

const longest = 2000;
const mostNested = 60;

/** Keeps hostile lines from exhausting the stack: no person nests so deeply. */
function tooLong({ tokens }: Line): Fault | undefined {
  let nested = 0;
  for (const { image } of tokens) if (nesting.has(image)) nested++;
  if (nested <= mostNested && tokens.length <= longest) return undefined;
  const span = { start: tokens[0]!.startOffset, end: tokens[0]!.startOffset + tokens[0]!.image.length };
  return fault("too-deep", span, { limit: nested > mostNested ? mostNested : longest });
}

const nesting: ReadonlySet<string> = new Set(["(", "[", "if", "of", "where", "not", "!"]);

/** The line as if it began with this word of the language. */
export function withLeading(line: Line, word: string): Line {
  const [first, ...others] = line.tokens as readonly [IToken, ...IToken[]];
  const type = typeOfWord.get(word);
  if (type === undefined || first.tokenType === type) return line;
  return { ...line, tokens: [{ ...first, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! }, ...others] };
}

export function checkName(reading: Reading, name: Name, place: NamePlace, reserved: ReadonlySet<string>) {
  if (reserved.has(name.text)) reading.note(fault("reserved-name", name.span, { word: name.text, place }));
}
