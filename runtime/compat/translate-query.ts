import type { Condition, Direction, Query, Scalar } from "../protocol/query.ts";
import type { AnyList } from "../read/table.ts";
import { isRecord } from "../protocol/is-record.ts";
import { refusals, type Refusal } from "./refusal.ts";

type Fields = AnyList["fields"];

/** A query as the old clients write it, in the words of ours. Which fields there are, and which values they can have, is checked there. */
export function translateQuery(
  { fields }: Pick<AnyList, "fields">,
  { where, orderBy }: { readonly where?: unknown; readonly orderBy?: unknown },
): Pick<Query, "where" | "orderBy"> | Refusal {
  const condition = where === undefined ? {} : conditionOf(fields, where);
  if (!condition) return refusals.invalidWhere;
  const order = orderBy === undefined ? {} : orderOf(orderBy);

  return order ? { where: condition, orderBy: order } : refusals.invalidOrderBy;
}

const directions: { readonly [word: string]: Direction } = {
  asc: "ascending",
  ascending: "ascending",
  desc: "descending",
  descending: "descending",
};

function orderOf(order: unknown): Query["orderBy"] {
  if (!isRecord(order)) return undefined;
  const terms = Object.entries(order);
  const isOrder = terms.every(([, word]) => typeof word === "string" && Object.hasOwn(directions, word));

  return isOrder ? Object.fromEntries(terms.map(([field, word]) => [field, directions[word as string]!])) : undefined;
}

/** Undefined where it is none, or says something that the old server did not know. */
function conditionOf(fields: Fields, where: unknown): Condition | undefined {
  return isRecord(where)
    ? joined(
        "and",
        Object.entries(where).map(([name, part]) => partOf(fields, name, part)),
      )
    : undefined;
}

function partOf(fields: Fields, name: string, part: unknown): Condition | undefined {
  if (name === "$and" || name === "$or") {
    const word = name === "$and" ? "and" : "or";

    return Array.isArray(part)
      ? joined(
          word,
          part.map((each) => conditionOf(fields, each)),
        )
      : undefined;
  }
  if (name !== "id" && !Object.hasOwn(fields, name)) return undefined;
  if (!isRecord(part)) return Array.isArray(part) ? undefined : { [name]: part as Scalar };
  const comparisons = Object.entries(part);

  return comparisons.length === 0
    ? undefined
    : joined(
        "and",
        comparisons.map(([operator, value]) => comparisonOf(fields, name, operator, value)),
      );
}

/** What a condition of each operator is in ours. What is contained in a field that is no list is what it is. */
const operators: { readonly [operator: string]: (field: string, value: Scalar, isList: boolean) => Condition } = {
  $greaterThan: (field, value) => ({ [field]: { moreThan: value } }),
  $greaterThanOrEqualTo: (field, value) => ({ [field]: { atLeast: value } }),
  $lessThan: (field, value) => ({ [field]: { lessThan: value } }),
  $lessThanOrEqualTo: (field, value) => ({ [field]: { atMost: value } }),
  $notEqualTo: (field, value) => ({ [field]: { isNot: value } }),
  $contains: (field, value, isList) => ({ [field]: isList ? { contains: value } : { is: value } }),
  $doesNotContain: (field, value, isList) => ({ not: { [field]: isList ? { contains: value } : { is: value } } }),
};

function comparisonOf(fields: Fields, field: string, operator: string, value: unknown): Condition | undefined {
  const isKnown = Object.hasOwn(operators, operator);

  return isKnown && !isRecord(value) && !Array.isArray(value)
    ? operators[operator]!(field, value as Scalar, Object.hasOwn(fields, field) && fields[field]!.type === "list")
    : undefined;
}

function joined(word: "and" | "or", parts: readonly (Condition | undefined)[]): Condition | undefined {
  if (parts.includes(undefined)) return undefined;

  return parts.length === 1 ? parts[0] : { [word]: parts as readonly Condition[] };
}
