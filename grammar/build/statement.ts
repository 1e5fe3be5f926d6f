import type { Block, Field, ForEach, Let, Publish, Reject, Run, Statement, When } from "../ast.ts";
import type { BlockKind } from "../blocks.ts";
import { fault } from "../faults.ts";
import type { Line } from "../outline.ts";
import { type Reading, withLeading } from "../reading.ts";
import { keyword } from "../tokens.ts";
import { noteEmpty, readArgs } from "./args.ts";
import { readBlock, readMember, spanOfBlock, spanOfLine } from "./block.ts";
import { readByCode } from "./by-code.ts";
import { readCondition } from "./condition.ts";
import { present } from "./present.ts";
import { readAdd, readRemove, readUpdate } from "./row.ts";
import { spanOf } from "./words.ts";

interface Statements extends Block {
  readonly fields: readonly Field[];
  readonly statements: readonly Statement[];
}

/** A command, an event or a reaction: statements, and fields where there may be some. */
export function readStatementBlock(reading: Reading, line: Line, kind: BlockKind, mayHaveFields: boolean): Statements {
  const fields: Field[] = [];
  const read = statementReader(reading, kind, mayHaveFields ? fields : undefined);
  const block = readBlock(reading, line, kind, read.line);
  return { ...block, fields, statements: read.statements };
}

function readStatements(reading: Reading, lines: readonly Line[], kind: BlockKind): readonly Statement[] {
  const read = statementReader(reading, kind, undefined);
  lines.forEach(read.line);
  return read.statements;
}

/** Takes the lines of a block one by one, since an `otherwise` belongs to the `when` before it. */
function statementReader(reading: Reading, kind: BlockKind, fields: Field[] | undefined) {
  const statements: Statement[] = [];
  const members = Object.fromEntries(
    Object.entries(readers).map(([word, read]) => [
      word,
      (line: Line) => {
        const statement = read(reading, line, kind);
        if (statement !== undefined) statements.push(statement);
      },
    ]),
  );
  const others = {
    otherwise: (line: Line) => addOtherwise(reading, line, kind, statements),
    else: (line: Line) => readElse(reading, line, kind, statements),
    elseif: (line: Line) => noteElseIf(reading, line),
  };
  const line = (child: Line) => {
    if (statements.at(-1)?.kind === "by-code") reading.note(fault("by-code-not-last", spanOfLine(child), {}));
    readMember(reading, child, kind, { ...members, ...others }, fields);
  };
  return { statements, line };
}

type StatementReader = (reading: Reading, line: Line, kind: BlockKind) => Statement | undefined;

const readers: Readonly<Record<string, StatementReader>> = {
  reject: readReject,
  publish: readPublish,
  let: readLet,
  when: readWhen,
  for: readForEach,
  by: readByCode,
  add: readAdd,
  update: readUpdate,
  remove: readRemove,
  run: readRun,
  set: (reading, line) => {
    const head = reading.read(line, "set");
    return head && { kind: "set", ...head, span: spanOfLine(line) };
  },
  clear: (reading, line) => {
    const head = reading.read(line, "clear");
    return head && { kind: "clear", ...head, span: spanOfLine(line) };
  },
  end: (reading, line) => {
    const head = reading.read(line, "end");
    return head && { kind: "end", ...head, span: spanOfLine(line) };
  },
  schedule: (reading, line) => {
    const head = reading.read(line, "schedule");
    return head && { kind: "schedule", ...head, span: spanOfLine(line) };
  },
  cancel: (reading, line) => {
    const head = reading.read(line, "cancel");
    return head && { kind: "cancel", ...head, span: spanOfLine(line) };
  },
};

function readReject(reading: Reading, line: Line): Reject | undefined {
  const head = reading.read(line, "reject");
  if (head === undefined) return undefined;
  const { reason, word, condition: conditionHead } = head;
  const span = spanOfBlock(line);
  if (word === undefined || conditionHead === undefined) return { kind: "reject", reason, span };
  const condition = readCondition(reading, conditionHead, line);
  return condition && { kind: "reject", reason, condition: { word, condition }, span };
}

function readPublish(reading: Reading, line: Line): Publish | undefined {
  const head = reading.read(line, "publish");
  if (head === undefined) return undefined;
  const { event, args, when: conditionHead } = head;
  const when = conditionHead && readCondition(reading, conditionHead, line);
  const isGroup = conditionHead?.kind === "group-head";
  const given = readArgs(reading, line, isGroup ? (args ?? []) : args);
  return { kind: "publish", event, args: given, ...present({ when }), span: spanOfBlock(line) };
}

function readLet(reading: Reading, line: Line): Let | undefined {
  const head = reading.read(line, "let");
  const value = head && readCondition(reading, head.value, line);
  return head && value && { kind: "let", name: head.name, value, span: spanOfBlock(line) };
}

function readWhen(reading: Reading, line: Line, kind: BlockKind): When | undefined {
  const head = reading.read(line, "when");
  if (head === undefined) return undefined;
  noteEmpty(reading, line);
  return { kind: "when", ...head, statements: readStatements(reading, line.children, kind), span: spanOfBlock(line) };
}

function readForEach(reading: Reading, line: Line, kind: BlockKind): ForEach | undefined {
  const head = reading.read(line, "forEach");
  if (head === undefined) return undefined;
  noteEmpty(reading, line);
  return { kind: "for-each", ...head, statements: readStatements(reading, line.children, kind), span: spanOfBlock(line) };
}

function readRun(reading: Reading, line: Line): Run | undefined {
  const head = reading.read(line, "run");
  return head && { kind: "run", ...head, args: readArgs(reading, line, head.args), span: spanOfBlock(line) };
}

function addOtherwise(reading: Reading, line: Line, kind: BlockKind, statements: Statement[]) {
  if (reading.read(line, "otherwise") === undefined) return;
  noteEmpty(reading, line);
  const otherwise = readStatements(reading, line.children, kind);
  const when = statements.at(-1);
  if (when?.kind !== "when" || when.otherwise !== undefined) {
    reading.note(fault("otherwise-without-when", spanOf(line.tokens[0]!), {}));
    reading.skip(line);
    return;
  }
  statements[statements.length - 1] = { ...when, otherwise, span: { start: when.span.start, end: spanOfBlock(line).end } };
}

function readElse(reading: Reading, line: Line, kind: BlockKind, statements: Statement[]) {
  const [first, second] = line.tokens;
  if (second?.tokenType === keyword.if || second?.tokenType === keyword.when) {
    noteElseIf(reading, line);
    return;
  }
  const span = spanOf(first!);
  reading.note(fault("foreign-spelling", span, { found: "else", write: "otherwise" }, { fix: { span, text: "otherwise" } }));
  addOtherwise(reading, withLeading(line, "otherwise"), kind, statements);
}

function noteElseIf(reading: Reading, line: Line) {
  const [first, second] = line.tokens;
  const isOneWord = first!.image !== "else";
  const span = isOneWord ? spanOf(first!) : { start: first!.startOffset, end: spanOf(second!).end };
  reading.note(fault("else-if", span, { found: isOneWord ? first!.image : `else ${second!.image}` }));
  reading.skip(line);
}
