import { encode, isStructured, type SqlValue } from "./columns.ts";
import type { CheckedCondition, Comparison } from "./condition.ts";

/** The cells of a row as SQLite keeps them, in the order of the columns. */
export type Cells = readonly SqlValue[];

/** Compiles a condition to a function that says of a row what the database says of it (a law in the tests). What compares to nothing does not hold. */
export function holding(condition: CheckedCondition): (cells: Cells) => boolean {
  switch (condition.kind) {
    case "all": {
      const parts = condition.of.map(holding);

      return (cells) => parts.every((part) => part(cells));
    }
    case "any": {
      const parts = condition.of.map(holding);

      return (cells) => parts.some((part) => part(cells));
    }
    case "not": {
      const part = holding(condition.of);

      return (cells) => !part(cells);
    }
    case "compare":
      return comparing(condition);
  }
}

/** Negative, zero or positive, as SQLite sorts: nothing first, texts by code points. */
export function compareCells(left: SqlValue, right: SqlValue): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);

  return left < right ? -1 : 1;
}

function comparing({ column, operator, value }: Comparison): (cells: Cells) => boolean {
  const { index } = column;
  switch (operator) {
    case "in": {
      const values = new Set((value as readonly unknown[]).map((each) => encode(column, each)));

      return (cells) => values.has(cells[index]!);
    }
    case "contains":
      return isStructured(column) ? containing(index, value) : (cells) => textIn(cells, index)?.includes(value as string) === true;
    case "startsWith":
      return (cells) => textIn(cells, index)?.startsWith(value as string) === true;
    default:
      return ordered(index, operator, encode(column, value));
  }
}

function ordered(index: number, operator: Exclude<Comparison["operator"], "in" | "contains" | "startsWith">, value: SqlValue) {
  const tests = {
    is: (cell: SqlValue) => cell === value,
    isNot: (cell: SqlValue) => cell !== value,
    lessThan: (cell: SqlValue) => cell !== null && compareCells(cell, value) < 0,
    atMost: (cell: SqlValue) => cell !== null && compareCells(cell, value) <= 0,
    moreThan: (cell: SqlValue) => cell !== null && compareCells(cell, value) > 0,
    atLeast: (cell: SqlValue) => cell !== null && compareCells(cell, value) >= 0,
  };
  const test = tests[operator];

  return (cells: Cells) => test(cells[index]!);
}

function containing(index: number, value: unknown): (cells: Cells) => boolean {
  return (cells) => {
    const text = textIn(cells, index);
    const items: unknown = text === undefined ? [] : JSON.parse(text);

    return Array.isArray(items) && items.includes(value);
  };
}

const textIn = (cells: Cells, index: number): string | undefined => {
  const cell = cells[index];

  return typeof cell === "string" ? cell : undefined;
};

/** JavaScript compares halves of surrogate pairs, SQLite whole characters. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const [one, other] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (one !== other) return weight(one) - weight(other);
  }

  return left.length - right.length;
}

/** Surrogates stand for characters beyond all others of 16 bits. */
const weight = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
