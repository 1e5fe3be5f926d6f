import { isRecord } from "../protocol/is-record.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import type { Row } from "../protocol/query.ts";
import { shortened } from "../protocol/validation/check.ts";
import { isStructured, type Column } from "./columns.ts";
import type { CheckedCondition } from "./condition.ts";
import { checkCondition } from "./check-condition.ts";
import { readCursor, type Place } from "./cursor.ts";
import type { Fault } from "./fault.ts";
import type { Order } from "./order.ts";
import { suggestion, unknownField } from "./suggestion.ts";

/** A query of which everything is known to make sense. */
export interface CheckedQuery {
  readonly where: CheckedCondition;
  /** What a named question asks of a row, where the database cannot answer it. */
  readonly and?: (row: Row) => boolean;
  /** Total: where all else is equal, by id. */
  readonly orderBy: readonly Order[];
  readonly take: number;
  readonly skip: number;
  /** Only what comes after this place. */
  readonly after?: Place;
}

/** Of what a stranger may make arbitrarily many, so many are looked at. */
const mostMembers = 20;
const members = ["where", "orderBy", "take", "skip", "cursor"];
const mostTaken = 1000;
const mostSkipped = 1_000_000;

type Checked = CheckedQuery | { readonly problem: Problem };

/** Checks what somebody asks of a list, as it came over the wire. All that is wrong is told at once. */
export function checkQuery(list: string, columns: readonly Column[], query: unknown, most?: number): Checked {
  if (!isRecord(query)) return notValid(list, [{ field: "query", rule: "must be an object" }]);

  const faults: Fault[] = [];
  for (const member of Object.keys(query).slice(0, mostMembers)) {
    if (!members.includes(member))
      faults.push({ field: shortened(member), rule: `is not part of a query. ${suggestion(member, members)}` });
  }
  const where = checkCondition(columns, query.where === undefined ? {} : query.where, faults, most);
  const orderBy = checkOrder(columns, query.orderBy === undefined ? {} : query.orderBy, faults);
  const take = checkCount("take", query.take === undefined ? 100 : query.take, 1, mostTaken, faults);
  const skip = checkCount("skip", query.skip === undefined ? 0 : query.skip, 0, mostSkipped, faults);
  const after = query.cursor === undefined ? undefined : checkCursor(list, orderBy, query, faults);

  return faults.length > 0 ? notValid(list, faults) : { where, orderBy, take, skip, ...(after && { after }) };
}

export function notValid(list: string, faults: readonly Fault[]) {
  const [{ field, rule }] = faults as [Fault];

  return { problem: problem("not-valid", `The query to ${list} cannot be answered: "${field}" ${rule}`, faults) };
}

function checkCursor(list: string, order: readonly Order[], { cursor, skip }: Readonly<Record<string, unknown>>, faults: Fault[]) {
  const place = typeof cursor === "string" && cursor.length <= 10_000 ? readCursor(list, order, cursor) : undefined;
  if (skip !== undefined) faults.push({ field: "skip", rule: "cannot be used together with a cursor, which says where to go on" });
  if (!place) faults.push({ field: "cursor", rule: "is not one that this question has answered; it belongs to the same list and order" });

  return place;
}

function checkOrder(columns: readonly Column[], order: unknown, faults: Fault[]): readonly Order[] {
  if (!isRecord(order)) {
    faults.push({ field: "orderBy", rule: 'must be an object such as { "text": "ascending" }' });

    return [];
  }
  if (Object.keys(order).length > mostMembers) {
    faults.push({ field: "orderBy", rule: `must have at most ${mostMembers} fields` });

    return [];
  }
  const asked = Object.entries(order).flatMap(([field, direction]) => checkTerm(columns, field, direction, faults));
  const [id] = columns as readonly [Column];

  return asked.some(({ column }) => column === id) ? asked : [...asked, { column: id, direction: "ascending" }];
}

function checkTerm(columns: readonly Column[], field: string, direction: unknown, faults: Fault[]): readonly Order[] {
  const column = columns.find((candidate) => candidate.field === field);
  const at = `orderBy.${shortened(field)}`;
  if (!column) faults.push({ field: at, rule: unknownField(field, columns) });
  else if (isStructured(column)) faults.push({ field: at, rule: "has parts, and nothing can be sorted by it" });
  else if (direction !== "ascending" && direction !== "descending") faults.push({ field: at, rule: 'must be "ascending" or "descending"' });
  else return [{ column, direction }];

  return [];
}

function checkCount(field: string, value: unknown, least: number, most: number, faults: Fault[]): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  faults.push({ field, rule: `must be an integer from ${least} to ${most}` });

  return least;
}
