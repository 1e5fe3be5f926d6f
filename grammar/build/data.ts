import type { Choice, ChoiceOption, Field, FunctionDeclaration, Parameter, Table, TableRow, TypeAlias, Value } from "../ast.ts";
import { fault } from "../faults.ts";
import type { Line } from "../outline.ts";
import { checkName, type Reading } from "../reading.ts";
import { readBlock, readMembers, spanOfLine } from "./block.ts";

/** Behind `is` these say something else. */
const takenOptions = new Set(["empty", "in"]);

export function readValue(reading: Reading, line: Line): Value | undefined {
  const head = reading.read(line, "value");
  if (head === undefined) return undefined;
  const fields: Field[] = [];
  return { kind: "value", ...head, fields, ...readMembers(reading, line, "value", {}, fields) };
}

export function readChoice(reading: Reading, line: Line): Choice | undefined {
  const head = reading.read(line, "choice");
  if (head === undefined) return undefined;
  const options: ChoiceOption[] = [];
  const block = readBlock(reading, line, "choice", (child) => {
    const option = reading.read(child, "choiceOption");
    if (option === undefined) return;
    checkName(reading, option.name, "choice-option", takenOptions);
    options.push({ kind: "choice-option", ...option, span: spanOfLine(child) });
  });
  return { kind: "choice", ...head, options, ...block };
}

export function readTypeAlias(reading: Reading, line: Line): TypeAlias | undefined {
  const head = reading.read(line, "typeAlias");
  return head && { kind: "type", ...head, ...readMembers(reading, line, "description", {}) };
}

export function readFunction(reading: Reading, line: Line): FunctionDeclaration | undefined {
  const head = reading.read(line, "function");
  return head && { kind: "function", ...head, ...readMembers(reading, line, "description", {}) };
}

export function readTable(reading: Reading, line: Line): Table | undefined {
  const head = reading.read(line, "table");
  if (head === undefined) return undefined;
  let columns: readonly Parameter[] | undefined;
  let headed = false;
  const rows: TableRow[] = [];
  const block = readBlock(reading, line, "table", (child) => {
    if (!headed) {
      headed = true;
      columns = reading.read(child, "tableColumns");
      return;
    }
    const row = reading.read(child, "tableRow");
    if (row === undefined) return;
    if (columns !== undefined && columns.length !== row.cells.length) {
      reading.noteUnlessFlawed(child, fault("table-width", spanOfLine(child), { columns: columns.length, cells: row.cells.length }));
      reading.skip(child);
      return;
    }
    rows.push({ kind: "table-row", ...row, span: spanOfLine(child) });
  });
  return { kind: "table", ...head, columns: columns ?? [], rows, ...block };
}
