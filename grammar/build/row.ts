import type { AddRow, Expression, RemoveItems, RemoveRow, UpdateItems, UpdateRow } from "../ast.ts";
import { fault } from "../faults.ts";
import type { Line } from "../outline.ts";
import type { Reading } from "../reading.ts";
import { keyword } from "../tokens.ts";
import { isAddTo, isRemoveFrom, noteEmpty, readAddTo, readArgs, readChanges, readRemoveFrom } from "./args.ts";
import { spanOfBlock, spanOfLine } from "./block.ts";

/** `add item to items`, `add text, likes = 0`, `add or update …` */
export function readAdd(reading: Reading, line: Line) {
  if (line.tokens[1]?.tokenType === keyword.or) return readAddOrUpdate(reading, line);
  return isAddTo(line) ? readAddTo(reading, line) : readAddRow(reading, line);
}

/** `update likes`, `update where …`, `update items where …` */
export function readUpdate(reading: Reading, line: Line) {
  return line.tokens[2]?.tokenType === keyword.where ? readUpdateItems(reading, line) : readUpdateRow(reading, line);
}

/** `remove`, `remove where …`, `remove items where …`, `remove item from items` */
export function readRemove(reading: Reading, line: Line) {
  if (line.tokens[2]?.tokenType === keyword.where) return readRemoveItems(reading, line);
  return isRemoveFrom(line) ? readRemoveFrom(reading, line) : readRemoveRow(reading, line);
}

function readAddRow(reading: Reading, line: Line): AddRow | undefined {
  const head = reading.read(line, "addRow");
  return head && { kind: "add-row", args: readArgs(reading, line, head.args), span: spanOfBlock(line) };
}

function readAddOrUpdate(reading: Reading, line: Line): UpdateRow | undefined {
  const head = reading.read(line, "addOrUpdateRow");
  if (head === undefined) return undefined;
  const { where, args } = head;
  if (where !== undefined && !isKey(where)) reading.noteUnlessFlawed(line, fault("row-key-form", where.span, {}));
  return { kind: "update-row", orAdd: true, ...(where && { where }), ...readChanges(reading, line, args), span: spanOfBlock(line) };
}

/** `day is date of event.timestamp and shop is order` */
function isKey(where: Expression): boolean {
  if (where.kind !== "binary") return false;
  if (where.operator === "and") return isKey(where.left) && isKey(where.right);
  return where.operator === "is" && where.left.kind === "name-expression";
}

function readUpdateRow(reading: Reading, line: Line): UpdateRow | undefined {
  const head = reading.read(line, "updateRow");
  if (head === undefined) return undefined;
  const { where, args } = head;
  if (args === undefined) noteEmpty(reading, line);
  return { kind: "update-row", orAdd: false, ...(where && { where }), ...readChanges(reading, line, args), span: spanOfBlock(line) };
}

function readRemoveRow(reading: Reading, line: Line): RemoveRow | undefined {
  const head = reading.read(line, "removeRow");
  return head && { kind: "remove-row", ...head, span: spanOfLine(line) };
}

function readUpdateItems(reading: Reading, line: Line): UpdateItems | undefined {
  const head = reading.read(line, "updateItems");
  if (head === undefined) return undefined;
  noteEmpty(reading, line);
  return { kind: "update-items", ...head, args: readArgs(reading, line, undefined), span: spanOfBlock(line) };
}

function readRemoveItems(reading: Reading, line: Line): RemoveItems | undefined {
  const head = reading.read(line, "removeItems");
  return head && { kind: "remove-items", ...head, span: spanOfLine(line) };
}
