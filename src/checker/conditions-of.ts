import type { Rule } from "../model/allow.ts";
import type { CommandStatement } from "../model/command.ts";
import type { Domain } from "../model/domain.ts";
import type { Expression } from "../model/expression.ts";
import type { FlowStatement } from "../model/flow.ts";
import type { ListStatement } from "../model/list.ts";
import type { Place } from "../model/place.ts";
import { aggregatesOf } from "./aggregates-of.ts";

/** A condition that decides something by itself. */
export interface Decision {
  readonly what: "reject" | "publish" | "when" | "invariant" | "allow" | "rows" | "query";
  readonly condition: Expression;
  readonly place: Place;
}

/** All of them in a model, in its order. */
export function conditionsOf(domain: Domain): readonly Decision[] {
  return [
    ...aggregatesOf(domain).flatMap(({ commands, events, invariants }) => [
      ...commands.flatMap(({ statements, allows }) => [...decisionsIn(statements), ...allowed(allows)]),
      ...events.flatMap(({ allows }) => allowed(allows)),
      ...invariants.map(({ condition, place }) => ({ what: "invariant", condition, place }) as const),
    ]),
    ...domain.lists.flatMap(({ reactions, allows, queries }) => [
      ...reactions.flatMap(({ statements }) => decisionsIn(statements)),
      ...allowed(allows),
      ...queries.flatMap(({ where, place }) => (where === undefined ? [] : [{ what: "query", condition: where, place } as const])),
    ]),
    ...domain.flows.flatMap(({ reactions }) => reactions.flatMap(({ statements }) => decisionsIn(statements))),
  ];
}

/** A line that allows several commands decides once. */
function allowed(rules: readonly Rule[]): readonly Decision[] {
  return rules.flatMap(({ where, place }) => (where === undefined ? [] : [{ what: "allow", condition: where, place } as const]));
}

function decisionsIn(statements: readonly (CommandStatement | ListStatement | FlowStatement)[]): readonly Decision[] {
  return statements.flatMap((statement): readonly Decision[] => {
    const { place } = statement;
    switch (statement.kind) {
      case "reject":
      case "publish":
        return statement.condition === undefined ? [] : [{ what: statement.kind, condition: statement.condition, place }];
      case "when":
        return [
          { what: "when", condition: statement.condition, place },
          ...decisionsIn(statement.statements),
          ...decisionsIn(statement.otherwise ?? []),
        ];
      case "for-each":
        return decisionsIn(statement.statements);
      case "update-row":
      case "remove-row":
        return statement.where === undefined ? [] : [{ what: "rows", condition: statement.where, place }];
      default:
        return [];
    }
  });
}
