import type { IToken } from "chevrotain";
import type { Span } from "./ast.ts";
import { type BlockKind, mayStand, openedBy } from "./blocks.ts";
import { fault, type Fault } from "./faults.ts";
import { tokenOf } from "./lexer.ts";
import type { SourceLine } from "./lines.ts";
import { Dedent, Indent, Newline } from "./tokens.ts";

export interface LaidOut {
  /** The lines' tokens, each line ended by NEWLINE, blocks in INDENT and DEDENT, with the offsets where they take effect. */
  readonly tokens: readonly IToken[];
  readonly faults: readonly Fault[];
  /** Lines (by the offset of their first token) that were reported and stayed in a block that does not know them. */
  readonly misplaced: ReadonlySet<number>;
}

/** An open block while its lines arrive. */
interface Frame {
  readonly block: BlockKind;
  readonly opener: SourceLine | undefined;
  column: number;
  /** Whether the first line below decides the column: the lines so far were not indented at all. */
  undecided: boolean;
  lines: SourceLine[];
  /** What the latest line opens, if it opens anything. */
  opened: BlockKind | undefined;
}

/** Deeper blocks than this are a slip of the hand, or an attack. */
const deepest = 40;

/**
 * Finds out which block each line stands in, in one pass. Where the columns do not say it, the line's first words do: a line that is
 * indented wrongly is reported and goes where lines like it belong, so that it costs the lines around it nothing.
 */
export function layOut(text: string, lines: readonly SourceLine[]): LaidOut {
  const tokens: IToken[] = [];
  const faults: Fault[] = [];
  const misplaced = new Set<number>();
  const frames: Frame[] = [frameOf("file", undefined, 0)];
  /** The latest line that was moved: others of its column that go to the same block have the same cause. */
  let moved: { readonly column: number; readonly frame: Frame } | undefined;

  const top = () => frames.at(-1)!;
  const source = (line: SourceLine | undefined) => (line === undefined ? "" : text.slice(startOf(line), endOf(line)));

  function open(block: BlockKind, line: SourceLine, column: number, undecided = false) {
    const above = top();
    if (frames.length > deepest) {
      faults.push(fault("too-deep", spanOf(line), { limit: deepest }));
      above.opened = undefined;
      return;
    }
    frames.push({ ...frameOf(block, above.lines.at(-1), column), undecided });
    tokens.push(tokenOf(Indent, text.slice(line.start, startOf(line)), line.start));
  }

  function closeTo(depth: number, offset: number) {
    while (frames.length > depth + 1) {
      frames.pop();
      tokens.push(tokenOf(Dedent, "", offset));
    }
  }

  /** The innermost of the frames in question that takes such a line. */
  function home(line: SourceLine, from: number, to: number): number | undefined {
    const step = from <= to ? 1 : -1;
    for (let depth = from; depth !== to + step; depth += step) {
      const { block } = frames[depth]!;
      const loose = block === "args" || block === "choice" || block === "conditions";
      if (mayStand(block, line.tokens) && (!loose || depth === from)) return depth;
    }
    return undefined;
  }

  function move(line: SourceLine, depth: number, report: () => Fault) {
    const frame = frames[depth]!;
    if (moved === undefined || moved.column !== line.column || moved.frame !== frame) faults.push(report());
    moved = { column: line.column, frame };
    closeTo(depth, startOf(line));
  }

  function deeper(line: SourceLine, next: SourceLine | undefined) {
    const { opened, lines: above } = top();
    const last = frames.length - 1;
    if (opened === undefined) {
      const depth = home(line, last, 0) ?? last;
      const twice =
        depth === last && mayStand("args", line.tokens) && /^(?:publish|run|add|update)$/.test(above.at(-1)?.tokens[0]?.image ?? "");
      return move(line, depth, () =>
        fault(
          twice ? "args-twice" : "unexpected-indentation",
          twice ? spanOf(line) : indentOf(line),
          { opener: source(above.at(-1)) },
          { related: above.length > 0 ? spanOf(above.at(-1)!) : undefined, fix: twice ? undefined : indentTo(line, frames[depth]!) },
        ),
      );
    }
    if (mayStand(opened, line.tokens)) return open(opened, line, line.column);
    const depth = home(line, last, 0);
    if (depth !== undefined && landsAt(line, next, depth)) return move(line, depth, () => misplacedIn(line, above.at(-1), frames[depth]!));
    if (depth !== undefined) stay(line, above.at(-1), frames[depth]!);
    open(opened, line, line.column);
  }

  function aligned(line: SourceLine, next: SourceLine | undefined, depth: number) {
    const frame = frames[depth]!;
    if (mayStand(frame.block, line.tokens)) return closeTo(depth, startOf(line));
    const last = frames.length - 1;
    const inner = depth < last ? home(line, depth + 1, last) : undefined;
    if (inner !== undefined) return move(line, inner, () => misplacedIn(line, frame.opener, frames[inner]!));
    if (depth === last && frame.opened !== undefined && frame.opened !== "unknown" && mayStand(frame.opened, line.tokens)) {
      faults.push(misplacedIn(line, frame.opener, { ...frameOf(frame.opened, frame.lines.at(-1), frame.column + 2) }));
      open(frame.opened, line, frame.column + 1, true);
      moved = { column: line.column, frame: top() };
      return;
    }
    const outer = depth > 0 ? home(line, depth - 1, 0) : undefined;
    if (outer !== undefined && landsAt(line, next, outer)) return move(line, outer, () => misplacedIn(line, frame.opener, frames[outer]!));
    if (outer !== undefined) stay(line, frame.opener, frames[outer]!);
    closeTo(depth, startOf(line));
  }

  /** Left of a block's lines, right of the block around it. */
  function between(line: SourceLine, depth: number) {
    const inner = frames[depth + 1]!;
    const [only, second] = inner.lines;
    if (second === undefined && mayStand(inner.block, line.tokens)) {
      faults.push(betweenFault(only!, { ...inner, column: line.column }, line.number));
      inner.column = line.column;
      return closeTo(depth + 1, startOf(line));
    }
    const found = home(line, depth + 1, frames.length - 1) ?? home(line, depth, 0) ?? depth + 1;
    move(line, found, () => betweenFault(line, frames[found]!, inner.lines.at(-1)?.number ?? line.number - 1, inner.opener));
  }

  /** Whether the lines below are understood, too, if this line moves outwards and closes the blocks it stands in. */
  function landsAt(line: SourceLine, next: SourceLine | undefined, depth: number) {
    const { column, block } = frames[depth]!;
    if (next === undefined || next.column <= column) return true;
    const opened = openedBy(block, line.tokens);
    return opened !== undefined && next.column <= line.column && mayStand(opened, next.tokens);
  }

  function stay(line: SourceLine, opener: SourceLine | undefined, there: Frame) {
    faults.push(misplacedIn(line, opener, there));
    misplaced.add(startOf(line));
  }

  function misplacedIn(line: SourceLine, opener: SourceLine | undefined, there: Frame): Fault {
    return fault(
      "misplaced-line",
      { start: startOf(line), end: startOf(line) + line.tokens[0]!.image.length },
      { word: line.tokens[0]!.image, opener: source(opener), belongsTo: source(there.opener) },
      { related: there.opener === undefined ? undefined : spanOf(there.opener), fix: indentTo(line, there) },
    );
  }

  function betweenFault(line: SourceLine, there: Frame, lastLine: number, opener = there.opener): Fault {
    return fault(
      "indentation-between",
      indentOf(line),
      { opener: source(opener), lastLine, column: line.column, expected: there.column },
      { related: opener === undefined ? undefined : spanOf(opener), fix: indentTo(line, there) },
    );
  }

  lines.forEach((line, index) => {
    const next = lines[index + 1];
    const { column } = line;
    const innermost = top();
    if (innermost.undecided && column > innermost.column - 1) {
      innermost.column = column;
      innermost.undecided = false;
    }
    const depth = frames.findLastIndex((frame) => frame.column <= column);
    if (column > top().column) deeper(line, next);
    else if (frames[depth]!.column === column) aligned(line, next, depth);
    else between(line, depth);

    const frame = top();
    frame.lines.push(line);
    frame.opened = openedBy(frame.block, line.tokens);
    for (const token of line.tokens) tokens.push(token);
    tokens.push(tokenOf(Newline, "", endOf(line)));
  });
  closeTo(0, text.length);
  return { tokens, faults, misplaced };
}

function frameOf(block: BlockKind, opener: SourceLine | undefined, column: number): Frame {
  return { block, opener, column, undecided: false, lines: [], opened: undefined };
}

function startOf({ tokens }: SourceLine) {
  return tokens[0]!.startOffset;
}

function endOf({ tokens }: SourceLine) {
  const last = tokens.at(-1)!;
  return last.startOffset + last.image.length;
}

function spanOf(line: SourceLine): Span {
  return { start: startOf(line), end: endOf(line) };
}

/** The indentation and the first word: what there is to see of a wrong column. */
function indentOf(line: SourceLine): Span {
  return { start: line.start, end: startOf(line) + line.tokens[0]!.image.length };
}

function indentTo(line: SourceLine, { column }: Frame) {
  return { span: { start: line.start, end: startOf(line) }, text: " ".repeat(column) };
}
