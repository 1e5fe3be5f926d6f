import { problem, type Problem } from "../protocol/problem.ts";
import type { Direction } from "../protocol/query.ts";
import { isStructured, type Column } from "./columns.ts";
import type { CheckedCondition } from "./condition.ts";
import { checkCondition } from "./check-condition.ts";
import { isRecord, type Fault } from "./fault.ts";
import { suggestion } from "./suggestion.ts";

/** A query of which everything is known to make sense. */
export interface CheckedQuery {
  readonly where: CheckedCondition;
  readonly orderBy: readonly { readonly column: Column; readonly direction: Direction }[];
  readonly take: number;
  readonly skip: number;
}

const members = ["where", "orderBy", "take", "skip"];
const mostTaken = 1000;
const mostSkipped = 1_000_000;

/** Checks what somebody asks of a list, as it came over the wire. All that is wrong is told at once. */
export function checkQuery(list: string, columns: readonly Column[], query: unknown): CheckedQuery | { readonly problem: Problem } {
  if (!isRecord(query)) return notValid(list, [{ field: "query", rule: "must be an object" }]);

  const faults: Fault[] = [];
  for (const member of Object.keys(query)) {
    if (!members.includes(member)) faults.push({ field: member, rule: `is not part of a query. ${suggestion(member, members)}` });
  }
  const where = checkCondition(columns, query.where ?? {}, faults);
  const orderBy = checkOrder(columns, query.orderBy ?? {}, faults);
  const take = checkCount("take", query.take ?? 100, 1, mostTaken, faults);
  const skip = checkCount("skip", query.skip ?? 0, 0, mostSkipped, faults);

  return faults.length > 0 ? notValid(list, faults) : { where, orderBy, take, skip };
}

function notValid(list: string, faults: readonly Fault[]) {
  const [{ field, rule }] = faults as [Fault];

  return { problem: problem("not-valid", `The query to ${list} cannot be answered: "${field}" ${rule}`, faults) };
}

function checkOrder(columns: readonly Column[], order: unknown, faults: Fault[]): CheckedQuery["orderBy"] {
  if (!isRecord(order)) {
    faults.push({ field: "orderBy", rule: 'must be an object such as { "text": "ascending" }' });

    return [];
  }

  return Object.entries(order).flatMap(([field, direction]) => {
    const column = columns.find((candidate) => candidate.field === field);
    const at = `orderBy.${field}`;
    if (!column) faults.push({ field: at, rule: `is not a field of the list. ${suggestion(field, fieldNames(columns))}` });
    else if (isStructured(column)) faults.push({ field: at, rule: "has parts, and nothing can be sorted by it" });
    else if (direction !== "ascending" && direction !== "descending")
      faults.push({ field: at, rule: 'must be "ascending" or "descending"' });
    else return [{ column, direction }];

    return [];
  });
}

function fieldNames(columns: readonly Column[]): string[] {
  return columns.map(({ field }) => field);
}

function checkCount(field: string, value: unknown, least: number, most: number, faults: Fault[]): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  faults.push({ field, rule: `must be an integer from ${least} to ${most}` });

  return least;
}
