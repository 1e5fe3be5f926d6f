import type { ListReaction, ListStatement } from "../model/list.ts";

export interface Placed {
  readonly statement: ListStatement;
  /** It is done once for each element of something. */
  readonly isRepeated: boolean;
}

/** All statements of a list's block, those inside of others included. */
export function statementsOf({ statements }: ListReaction): readonly Placed[] {
  return statements.flatMap((statement) => within(statement, false));
}

function within(statement: ListStatement, isRepeated: boolean): readonly Placed[] {
  const placed = { statement, isRepeated };
  if (statement.kind === "for-each") return [placed, ...statement.statements.flatMap((inner) => within(inner, true))];
  if (statement.kind !== "when") return [placed];
  return [placed, ...[...statement.statements, ...(statement.otherwise ?? [])].flatMap((inner) => within(inner, isRepeated))];
}
