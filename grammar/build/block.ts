import type { Block, Field, Question, Quoted, Span } from "../ast.ts";
import { attempt, type ResultOf } from "../attempt.ts";
import { type BlockKind, isDescription, isField, isQuestion, isUnfinishedField, leadingWord, shapeOf } from "../blocks.ts";
import { fault } from "../faults.ts";
import { tokenOf } from "../lexer.ts";
import { nearest } from "../nearest.ts";
import { endOf, endOfLine, type Line, startOf } from "../outline.ts";
import { type Reading, withLeading } from "../reading.ts";
import { Colon, Equals } from "../tokens.ts";
import { spanOf } from "./words.ts";

/** What to do with a line, by its first word. */
export type Members = Readonly<Record<string, (line: Line) => void>>;

export function spanOfLine(line: Line): Span {
  return { start: startOf(line), end: endOfLine(line) };
}

export function spanOfBlock(line: Line): Span {
  return { start: startOf(line), end: endOf(line) };
}

/** Reads what every block may have, and hands the other lines on. */
export function readBlock(reading: Reading, line: Line, kind: BlockKind, member: (child: Line) => void): Block {
  let description: Quoted | undefined;
  const questions: Question[] = [];
  line.children.forEach((child, index) => {
    if (isDescription(child.tokens) && shapeOf(kind).described) {
      if (index === 0) description = reading.read(child, "description");
      else misplacedDescription(reading, line, child);
    } else if (isQuestion(child.tokens)) {
      const question = reading.read(child, "question");
      if (question !== undefined) questions.push({ kind: "question", ...question, span: spanOfLine(child) });
    } else {
      member(child);
    }
  });
  return { span: spanOfBlock(line), ...(description && { description }), questions };
}

function misplacedDescription(reading: Reading, line: Line, child: Line) {
  reading.note(fault("misplaced-description", spanOfLine(child), { opener: reading.source(line) }, { related: spanOfLine(line) }));
  reading.skip(child);
}

/** A block of fields and of lines that begin with a word. */
export function readMembers(reading: Reading, line: Line, kind: BlockKind, members: Members, fields?: Field[]): Block {
  return readBlock(reading, line, kind, (child) => readMember(reading, child, kind, members, fields));
}

export function readMember(reading: Reading, line: Line, kind: BlockKind, members: Members, fields?: Field[]) {
  if (isField(line.tokens)) {
    readField(reading, line, kind, fields);
    return;
  }
  if (fields !== undefined && isDoubledName(line)) {
    readDoubledName(reading, line, fields);
    return;
  }
  const first = line.tokens[0]!.image;
  const own = Object.hasOwn(members, first) ? first : undefined;
  const other = own === undefined ? reading.otherwiseSaid(line, kind) : undefined;
  if (other !== undefined) {
    members[other.word]?.(other.line);
    return;
  }
  if (own === undefined && fields !== undefined && leadingWord(kind, line.tokens) === undefined) {
    const field = fieldWithoutColon(reading, line, kind);
    if (field !== undefined) {
      fields.push(field);
      return;
    }
  }
  const word = own ?? reading.leading(line, kind);
  const read = word === undefined ? undefined : members[word];
  if (read === undefined) reading.skip(line);
  else read(withLeading(line, word!));
}

function readField(reading: Reading, line: Line, kind: BlockKind, fields: Field[] | undefined) {
  const field = reading.read(line, "field");
  if (field === undefined) return;
  if (fields !== undefined) {
    fields.push({ kind: "field", ...field, span: spanOfLine(line) });
    return;
  }
  reading.noteUnlessFlawed(line, fault("field-not-here", spanOf(line.tokens[0]!), { name: field.name.text, block: shapeOf(kind).called }));
  reading.skip(line);
}

/** `text text: text` */
function isDoubledName({ tokens }: Line) {
  return tokens[0]!.image === tokens[1]?.image && isField(tokens.slice(1));
}

function readDoubledName(reading: Reading, line: Line, fields: Field[]) {
  const [first, second] = line.tokens;
  const fix = { span: { start: first!.startOffset, end: second!.startOffset }, text: "" };
  reading.noteUnlessFlawed(line, fault("doubled-word", spanOf(second!), { word: first!.image }, { fix }));
  const field = reading.read({ ...line, tokens: line.tokens.slice(1) }, "field");
  if (field !== undefined) fields.push({ kind: "field", ...field, span: spanOfLine(line) });
}

/** `text text` */
function fieldWithoutColon(reading: Reading, line: Line, kind: BlockKind): Field | undefined {
  const [name, second, ...others] = line.tokens;
  if (name === undefined || second === undefined || !isUnfinishedField(kind, line.tokens)) return undefined;
  if (shapeOf(kind).words.includes(second.image)) return undefined;
  const end = name.startOffset + name.image.length;
  const isAssigned = second.tokenType === Equals;
  const outcome = attempt([name, tokenOf(Colon, ":", end), ...(isAssigned ? [] : [second]), ...others], "field");
  if (outcome.failedAt !== undefined || outcome.noted.length > 0) return undefined;
  const place = { start: end, end: isAssigned ? second.startOffset + 1 : end };
  const isGuess = nearest(name.image, shapeOf(kind).words) !== undefined || others.some(({ image }) => image === ".");
  reading.noteUnlessFlawed(line, fault("missing-colon", spanOf(name), { name: name.image }, { fix: { span: place, text: ":", isGuess } }));
  return { kind: "field", ...(outcome.value as ResultOf<"field">), span: spanOfLine(line) };
}
