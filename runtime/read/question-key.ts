import { createHash } from "node:crypto";
import type { Asking } from "./answer-query.ts";
import type { CheckedQuery } from "./check-query.ts";
import { digestOf } from "./list-digest.ts";
import type { Question } from "./read-model.ts";
import type { AnyList } from "./table.ts";

/** The same for questions that mean the same, as far as the order of their members goes. */
export function keyOf({ named, query: parameters }: Question, { list, query, permission }: Asking): string {
  const names = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && "storage" in value ? (value as { field?: unknown }).field : value;
  const { where, orderBy, take, skip }: CheckedQuery = query;
  const viewers = permission.kind === "rows" ? permission.class : "";

  return JSON.stringify([list, where, query.and && [named, parameters], orderBy, take, skip, viewers], names);
}

/** The same wherever the question of a key has the same rows at the same position, which depends on who asks. */
export function markOf(
  incarnation: string,
  { list, isStandIn }: { readonly list: AnyList; readonly isStandIn: boolean },
  key: string,
): string {
  const rules = list.isAuthorized.read.map(({ who, rows, where }) => [who, String(rows), String(where)]);
  const queries = Object.entries(list.queries ?? {}).map(([name, query]) => [name, String((query as { ask: unknown }).ask)]);

  return createHash("sha256")
    .update(JSON.stringify([incarnation, list.name, digestOf(list), rules, queries, isStandIn, key]))
    .digest("base64url")
    .slice(0, 16);
}
