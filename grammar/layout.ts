import type { IToken } from "chevrotain";
import { type BlockKind, mayStand, openedBy } from "./blocks.ts";
import { fault, type Fault } from "./faults.ts";
import {
  endOf,
  firstWordOf,
  type Frame,
  frameOf,
  isPlain,
  isContradicted,
  makesSense,
  spanOf,
  startOf,
  takes,
  usualStep,
  welcomes,
} from "./frame.ts";
import { tokenOf } from "./lexer.ts";
import type { SourceLine } from "./lines.ts";
import { Dedent, Indent, Newline } from "./tokens.ts";

export interface LaidOut {
  /** The lines' tokens, each line ended by NEWLINE, blocks in INDENT and DEDENT, with the offsets where they take effect. */
  readonly tokens: readonly IToken[];
  readonly faults: readonly Fault[];
  /** Only worth telling where nothing else is wrong with the line: it is of a kind that belongs nowhere. */
  readonly doubts: readonly Fault[];
  /** Lines (by the offset of their first token) that were reported. */
  readonly misplaced: ReadonlySet<number>;
}

/**
 * Finds out which block each line stands in, in one pass. Where the columns do not say it, the line's first words and the line below do:
 * a line that is indented wrongly is reported and goes where lines like it belong, so that it costs the lines around it nothing.
 */
export function layOut(text: string, lines: readonly SourceLine[]): LaidOut {
  const layout = new Layout(text, lines, usualStep(lines));
  for (const index of lines.keys()) layout.add(index);
  layout.end();
  return layout;
}

/** Blocks in blocks beyond this are a slip of the hand, or an attack. */
const deepest = 40;

class Layout implements LaidOut {
  readonly tokens: IToken[] = [];
  readonly faults: Fault[] = [];
  readonly doubts: Fault[] = [];
  readonly misplaced = new Set<number>();
  private readonly frames: Frame[] = [frameOf("file", undefined, 0)];
  private readonly text: string;
  private readonly lines: readonly SourceLine[];
  private readonly step: number;
  private index = 0;
  /** The latest line that was moved: others of its column that go to the same block have the same cause. */
  private moved: { readonly column: number; readonly frame: Frame } | undefined;

  constructor(text: string, lines: readonly SourceLine[], step: number) {
    this.text = text;
    this.lines = lines;
    this.step = step;
  }

  /** Lines come one after the other. */
  add(index: number) {
    this.index = index;
    const line = this.lines[index]!;
    const next = this.lines[index + 1];
    this.decideColumn(line);
    const depth = this.frames.findLastIndex(({ column }) => column <= line.column);
    if (line.column > this.top.column) this.addDeeper(line, next);
    else if (this.frames[depth]!.column === line.column) this.addAligned(line, next, depth);
    else this.addBetween(line, next, depth);

    const { top } = this;
    top.lines.push(line);
    top.opened = openedBy(top.block, line.tokens);
    for (const token of line.tokens) this.tokens.push(token);
    this.tokens.push(tokenOf(Newline, "", endOf(line)));
  }

  end() {
    this.closeTo(0, this.text.length);
  }

  private get top(): Frame {
    return this.frames.at(-1)!;
  }

  private open(block: BlockKind, line: SourceLine, column: number, undecided = false) {
    if (this.frames.length > deepest) {
      this.faults.push(fault("too-deep", firstWordOf(line), { limit: deepest }));
      return;
    }
    this.frames.push(frameOf(block, this.top.lines.at(-1), column, undecided));
    this.tokens.push(tokenOf(Indent, this.text.slice(line.start, startOf(line)), line.start));
  }

  private closeTo(depth: number, offset: number) {
    while (this.frames.length > depth + 1) {
      this.frames.pop();
      this.tokens.push(tokenOf(Dedent, "", offset));
    }
  }

  private decideColumn(line: SourceLine) {
    const { top } = this;
    if (!top.undecided || line.column < top.column) return;
    const isBelow = top.opened !== undefined && mayStand(top.opened, line.tokens) && !takes(top, line);
    top.column = isBelow ? top.column - 1 + this.step : line.column;
    top.undecided = false;
  }

  /** Right of all open blocks: the line above should open one. */
  private addDeeper(line: SourceLine, next: SourceLine | undefined) {
    const { top } = this;
    const above = top.lines.at(-1);
    if (top.opened === undefined) this.addUnexpected(line, above);
    else if (mayStand(top.opened, line.tokens)) this.openFor(line, next, top.opened);
    else this.addForeign(line, next, above, this.frames.length - 1, () => this.open(top.opened!, line, line.column));
  }

  /** The first line of a block. If it is the only one that is indented like this, it is the wrong one. */
  private openFor(line: SourceLine, next: SourceLine | undefined, block: BlockKind) {
    const parent = this.top.column;
    const own = openedBy(block, line.tokens);
    const column = line.column === parent + this.step || next === undefined ? line.column : this.columnBy(next, line, block, own, parent);
    this.open(block, line, column);
    if (column !== line.column) this.faults.push(this.betweenFault(line, this.top, line.number));
  }

  /** Where the lines below say that the first line of a block should stand, if they contradict it: any deeper column will do. */
  private columnBy(next: SourceLine, line: SourceLine, block: BlockKind, own: BlockKind | undefined, parent: number) {
    const { column } = line;
    const usual = parent + this.step;
    if (own === undefined) return next.column > column && mayStand(block, next.tokens) ? next.column : column;
    if (!mayStand(own, next.tokens)) return column;
    if (next.column <= column) return next.column === column && usual < column && !mayStand(block, next.tokens) ? usual : column;
    const sibling = this.lines.slice(this.index + 1, this.index + 200).find((other) => other.column < next.column);
    return sibling !== undefined && sibling.column > parent && sibling.column !== column && next.column > usual ? sibling.column : column;
  }

  private addUnexpected(line: SourceLine, above: SourceLine | undefined) {
    const last = this.frames.length - 1;
    const home = this.homeOf(line, undefined, last, 0);
    const opener = this.source(above);
    const related = above && spanOf(above);
    const isArgs =
      home === undefined && mayStand("args", line.tokens) && /^(?:publish|run|add|update|set)$/.test(above?.tokens[0]?.image ?? "");
    if (isArgs) {
      this.move(line, last, () => fault("args-twice", spanOf(line), { opener }, { related }));
      return;
    }
    const depth = home ?? last;
    const found = () => fault("unexpected-indentation", indentOf(line), { opener }, { related, fix: indentTo(line, this.frames[depth]!) });
    if (home === undefined) this.place(line, depth, found());
    else this.move(line, depth, found);
  }

  /** At the column of an open block. */
  private addAligned(line: SourceLine, next: SourceLine | undefined, depth: number) {
    const frame = this.frames[depth]!;
    const last = this.frames.length - 1;
    const below = depth === last && frame.opened !== undefined && frame.opened !== "unknown" ? frame.opened : undefined;
    const fitsBelow = below !== undefined && mayStand(below, line.tokens);
    if (takes(frame, line)) {
      const isOutdented =
        fitsBelow && next !== undefined && next.column > line.column && isPlain(frame.block, line) && mayStand(below, next.tokens);
      if (isOutdented) this.openOutdented(line, below);
      else this.addFitting(line, next, depth);
      return;
    }
    const inner = depth < last ? this.homeOf(line, next, depth + 1, last) : undefined;
    if (inner !== undefined) this.move(line, inner, () => this.misplacedFault(line, frame.opener, this.frames[inner]!));
    else if (fitsBelow) this.openOutdented(line, below);
    else this.addForeign(line, next, frame.opener, depth - 1, () => this.closeTo(depth, startOf(line)));
  }

  /** In a block that knows such lines, unless the line below says that it belongs to another that does. */
  private addFitting(line: SourceLine, next: SourceLine | undefined, depth: number) {
    const frame = this.frames[depth]!;
    if (isContradicted(frame, line, next)) {
      const better = this.frames.findLastIndex(
        (other) => other !== frame && !isLoose(other) && welcomes(other, line) && makesSense(other, line, next),
      );
      if (better !== -1) {
        this.move(line, better, () => this.misplacedFault(line, frame.opener, this.frames[better]!));
        return;
      }
    }
    this.closeTo(depth, startOf(line));
  }

  /** The first line of a block, indented no further than the line that opens the block. */
  private openOutdented(line: SourceLine, block: BlockKind) {
    const { top } = this;
    const there = frameOf(block, top.lines.at(-1), top.column + this.step);
    this.faults.push(this.misplacedFault(line, top.opener, there));
    this.open(block, line, top.column + 1, true);
    this.moved = { column: line.column, frame: this.top };
  }

  /** In a block that does not know such lines: it moves outwards, if the line below agrees, or stays and is lost. */
  private addForeign(line: SourceLine, next: SourceLine | undefined, opener: SourceLine | undefined, from: number, stay: () => void) {
    const home = from >= 0 ? this.homeOf(line, next, from, 0) : undefined;
    if (home === undefined) {
      stay();
      return;
    }
    const there = this.frames[home]!;
    if (this.landsAt(line, next, there)) {
      this.move(line, home, () => this.misplacedFault(line, opener, there));
      return;
    }
    this.faults.push(this.misplacedFault(line, opener, there));
    this.misplaced.add(startOf(line));
    stay();
  }

  /** Left of a block's lines, right of the block around it. */
  private addBetween(line: SourceLine, next: SourceLine | undefined, depth: number) {
    const inner = this.frames[depth + 1]!;
    const [only, second] = inner.lines;
    const isUsual = inner.column - this.frames[depth]!.column === this.step || next?.column === inner.column;
    if (second === undefined && !isUsual && takes(inner, line)) {
      this.faults.push(this.betweenFault(only!, { ...inner, column: line.column }, line.number));
      inner.column = line.column;
      this.closeTo(depth + 1, startOf(line));
      return;
    }
    const last = this.frames.length - 1;
    const home = this.homeOf(line, next, depth + 1, last) ?? this.homeOf(line, next, depth, 0);
    const sensible = [depth + 1, depth].find((index) => makesSense(this.frames[index]!, line, next)) ?? depth + 1;
    const better = home === depth + 1 && sensible === depth && takes(this.frames[depth]!, line) ? depth : home;
    const found = () =>
      this.betweenFault(line, this.frames[better ?? sensible]!, inner.lines.at(-1)?.number ?? line.number - 1, inner.opener);
    if (better === undefined) this.place(line, sensible, found());
    else this.move(line, better, found);
  }

  /** The first of the frames in question that takes such a line. Some blocks take nearly everything, and count only as the first. */
  private homeOf(line: SourceLine, next: SourceLine | undefined, from: number, to: number): number | undefined {
    const step = from <= to ? 1 : -1;
    for (let depth = from; depth !== to + step; depth += step) {
      const frame = this.frames[depth]!;
      if (welcomes(frame, line) && (!isLoose(frame) || (depth === from && makesSense(frame, line, next)))) return depth;
    }
    return undefined;
  }

  /** Whether the lines below are understood, too, if this line closes the blocks it stands in, and was indented wrongly alone. */
  private landsAt(line: SourceLine, next: SourceLine | undefined, { column, block }: Frame) {
    if (next === undefined || next.column <= column) return true;
    const opened = openedBy(block, line.tokens);
    const isAlone = next.column <= line.column || next.column === column + this.step;
    return opened !== undefined && mayStand(opened, next.tokens) && isAlone;
  }

  private move(line: SourceLine, depth: number, report: () => Fault) {
    const frame = this.frames[depth]!;
    if (this.moved?.column !== line.column || this.moved.frame !== frame) this.faults.push(report());
    this.moved = { column: line.column, frame };
    this.misplaced.add(startOf(line));
    this.closeTo(depth, startOf(line));
  }

  private place(line: SourceLine, depth: number, doubt: Fault) {
    this.doubts.push(doubt);
    this.closeTo(depth, startOf(line));
  }

  private source(line: SourceLine | undefined) {
    return line === undefined ? "" : this.text.slice(startOf(line), endOf(line));
  }

  private misplacedFault(line: SourceLine, opener: SourceLine | undefined, there: Frame): Fault {
    return fault(
      "misplaced-line",
      firstWordOf(line),
      { word: line.tokens[0]!.image, opener: this.source(opener), belongsTo: this.source(there.opener) },
      { related: there.opener && spanOf(there.opener), fix: indentTo(line, there) },
    );
  }

  private betweenFault(line: SourceLine, there: Frame, lastLine: number, opener = there.opener): Fault {
    return fault(
      "indentation-between",
      indentOf(line),
      { opener: this.source(opener), lastLine, column: line.column, expected: there.column },
      { related: opener && spanOf(opener), fix: indentTo(line, there) },
    );
  }
}

/** Blocks that take nearly every line. */
function isLoose({ block }: Frame) {
  return block === "args" || block === "choice" || block === "conditions" || block === "unknown";
}

/** The indentation and the first word: what there is to see of a wrong column. */
function indentOf(line: SourceLine) {
  return { start: line.start, end: firstWordOf(line).end };
}

function indentTo(line: SourceLine, { column }: Frame) {
  return { span: { start: line.start, end: startOf(line) }, text: " ".repeat(column) };
}
