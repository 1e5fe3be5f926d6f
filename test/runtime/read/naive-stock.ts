import type { Event } from "../../../runtime/protocol/event.ts";
import type { Condition, Query } from "../../../runtime/protocol/query.ts";
import type { StockEvents, StockRow } from "./stock.ts";

/** What the list of the tests is, folded from all events without any database. */
export function foldStock(events: readonly Event[]): readonly StockRow[] {
  const rows = new Map<string, StockRow>();
  for (const { name, aggregate, data } of events) {
    if (name === "stored") rows.set(aggregate.id, data as StockRow);
    else if (name === "changed" && rows.has(aggregate.id))
      rows.set(aggregate.id, { ...rows.get(aggregate.id)!, ...(data as {}) } as StockRow);
    else if (name === "cleared") {
      const { tag } = data as StockEvents["shop.item.cleared"];
      for (const row of rows.values()) if (row.tags.includes(tag) && row.name.length % 2 === 0) rows.delete(row.id);
    } else if (name === "repriced") {
      const { below, price } = data as StockEvents["shop.item.repriced"];
      for (const row of [...rows.values()])
        if (row.price !== null && cents(row.price) < cents(below)) rows.set(row.id, { ...row, price, pieces: row.pieces + 1 });
    }
  }

  return [...rows.values()];
}

/** All rows that a query finds, in its order, before anything is taken or skipped. */
export function askStock(rows: readonly StockRow[], { where = {}, orderBy = {} }: Query): readonly StockRow[] {
  const order = Object.entries(orderBy);

  return rows
    .filter((row) => holds(row, where))
    .sort((left, right) => {
      for (const [field, direction] of order) {
        const compared = compare(weigh(left, field), weigh(right, field));
        if (compared !== 0) return direction === "ascending" ? compared : -compared;
      }

      return compare(left.id, right.id);
    });
}

function holds(row: StockRow, condition: Condition): boolean {
  return Object.entries(condition).every(([name, part]) => {
    if (name === "not") return !holds(row, part as Condition);
    if (name === "and") return (part as readonly Condition[]).every((each) => holds(row, each));
    if (name === "or") return (part as readonly Condition[]).some((each) => holds(row, each));
    const tests = typeof part === "object" && part !== null ? Object.entries(part) : [["is", part] as const];

    return tests.every(([operator, value]) => test(row, name, operator, value));
  });
}

function test(row: StockRow, field: string, operator: string, value: unknown): boolean {
  const cell = row[field];
  const one = weigh(row, field);
  const other = () => weigh({ ...row, [field]: value } as StockRow, field);
  switch (operator) {
    case "is":
      return one === other();
    case "isNot":
      return one !== other();
    case "in":
      return (value as readonly unknown[]).some((each) => weigh({ ...row, [field]: each } as StockRow, field) === one);
    case "contains":
      return cell !== null && (cell as string).includes(value as string);
    case "startsWith":
      return typeof cell === "string" && cell.startsWith(value as string);
    default:
      if (one === null) return false;
  }
  const compared = compare(one, other());

  return { lessThan: compared < 0, atMost: compared <= 0, moreThan: compared > 0, atLeast: compared >= 0 }[operator]!;
}

type Weight = string | number | bigint | null;

/** What a field is compared by. */
function weigh(row: StockRow, field: string): Weight {
  const value = row[field];
  if (value === null) return null;
  if (field === "price") return cents(value as string);
  if (field === "age") return seconds(value as string);

  return typeof value === "boolean" ? Number(value) : (value as Weight);
}

/** Nothing comes first; texts by code points. */
function compare(left: Weight, right: Weight): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? -1 : 1;
  if (typeof left === "string" && typeof right === "string") return Buffer.compare(Buffer.from(left), Buffer.from(right));

  return left < right ? -1 : 1;
}

/** Exact for what the tests write: at most 20 digits behind the point. */
function cents(decimal: string): bigint {
  const [whole = "", fraction = ""] = decimal.split(".");

  return BigInt(whole + fraction.padEnd(20, "0"));
}

function seconds(duration: string): number {
  const [, sign, days = 0, hours = 0, secs = 0] = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:([\d.]+)S)?)?$/.exec(duration)!;

  return (sign === "-" ? -1 : 1) * ((Number(days) * 24 + Number(hours)) * 3600 + Number(secs));
}
