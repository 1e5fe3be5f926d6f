import type { Condition } from "../ast.ts";
import { fault } from "../faults.ts";
import { endOf, type Line } from "../outline.ts";
import type { ConditionHead } from "../parser.ts";
import type { Reading } from "../reading.ts";
import { spanOfLine } from "./block.ts";

/** A condition on its line, or the group below it; nothing, if all of the group is unreadable. */
export function readCondition(reading: Reading, head: ConditionHead, line: Line): Condition | undefined {
  if (head.kind !== "group-head") return head;
  if (line.children.length === 0) {
    reading.noteUnlessFlawed(line, fault("empty-block", spanOfLine(line), { opener: reading.source(line) }));
    return undefined;
  }
  const conditions: Condition[] = [];
  for (const child of line.children) {
    const inner = reading.read(child, "condition");
    const condition = inner && readCondition(reading, inner, child);
    if (condition !== undefined) conditions.push(condition);
  }
  if (conditions.length === 0) return undefined;
  return { kind: "condition-group", mode: head.mode, conditions, span: { start: head.span.start, end: endOf(line) } };
}
