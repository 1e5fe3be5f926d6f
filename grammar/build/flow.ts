import type { Field, Flow, Reaction } from "../ast.ts";
import type { BlockKind } from "../blocks.ts";
import type { Line } from "../outline.ts";
import type { Reading } from "../reading.ts";
import { keep } from "./keep.ts";
import { readMembers } from "./block.ts";
import { readStatementBlock } from "./statement.ts";

export function readFlow(reading: Reading, line: Line): Flow | undefined {
  const head = reading.read(line, "flow");
  if (head === undefined) return undefined;
  const fields: Field[] = [];
  const reactions: Reaction[] = [];
  const members = { when: (child: Line) => keep(reactions, readReaction(reading, child, "reaction")) };
  return { kind: "flow", ...head, fields, reactions, ...readMembers(reading, line, "flow", members, fields) };
}

/** A `when` block of a list or a flow. */
export function readReaction(reading: Reading, line: Line, kind: BlockKind): Reaction | undefined {
  const trigger = reading.read(line, "reaction");
  if (trigger === undefined) return undefined;
  const { fields: _, ...block } = readStatementBlock(reading, line, kind, false);
  return { kind: "reaction", trigger, ...block };
}
