import type { Assignment } from "../../model/expression.ts";
import type { AddRow, ListReaction, ListStatement, RemoveRow, UpdateRow } from "../../model/list.ts";
import { fullName } from "../../model/names.ts";
import { statementsAt } from "../javascript/lay-out-statements.ts";
import { arrow, call, object, path, type Js, type Statement } from "../javascript/syntax.ts";
import { mentions, usedParameters, withoutUnused } from "../javascript/uses.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitCondition } from "./condition.ts";
import { done } from "./ending.ts";
import { emitExpression } from "./expression.ts";
import type { Imports } from "./imports.ts";
import { narrowingIn } from "./narrowing.ts";
import type { Scope } from "./scope.ts";
import { Locals, reactionScope } from "./scopes.ts";
import { methodText } from "./section.ts";

export function shapeReaction({ event, statements }: ListReaction, variable: string, imports: Imports) {
  const scope = reactionScope(imports, new Locals(variable, "event", "mark", "row"), narrowingIn(statements));
  const body = withoutUnused([...statements.map((statement) => emitStatement(statement, variable, scope)), done]);
  return {
    method: methodText(1, fullName(event), usedParameters([variable, "event", "mark"], body)),
    body: statementsAt(2, body),
  };
}

function emitStatement(statement: ListStatement, variable: string, scope: Scope): Statement {
  const inside = (statements: readonly ListStatement[]) => withoutUnused(statements.map((inner) => emitStatement(inner, variable, scope)));
  switch (statement.kind) {
    case "add-row":
      return { kind: "do", expression: call(path(variable, "add"), emitAdd(statement, scope)) };
    case "update-row":
      return { kind: "do", expression: emitUpdate(statement, variable, scope) };
    case "remove-row":
      return { kind: "do", expression: call(path(variable, "remove"), object([["where", emitWhere(statement, scope)]])) };
    case "let": {
      const local = scope.local(statement.name);
      return { kind: "const", name: local.kind === "name" ? local.name : statement.name, value: emitExpression(statement.value, scope) };
    }
    case "when":
      return {
        kind: "if",
        test: emitExpression(statement.condition, scope),
        then: inside(statement.statements),
        otherwise: inside(statement.otherwise ?? []),
      };
    case "for-each":
    case "by-code":
      return notEmitted(`"${statement.kind}" in a list`);
  }
}

const emitAssignments = (assignments: readonly Assignment[], scope: Scope): Js =>
  object(assignments.map(({ field, value }) => [field, emitExpression(value, scope)]));

const emitAdd = ({ assignments }: AddRow, scope: Scope): Js => emitAssignments(assignments, scope);

function emitUpdate({ orAdd, key, where, assignments, changes }: UpdateRow, variable: string, scope: Scope): Js {
  if (changes.length > 0) notEmitted('"add to" and "remove from" in a list');
  const values = emitAssignments(assignments, scope);
  const set = mentions("row", values) ? arrow(["row"], values) : values;
  if (!orAdd)
    return call(
      path(variable, "update"),
      object([
        ["where", emitWhere({ where }, scope)],
        ["set", set],
      ]),
    );
  const keyed = key === undefined ? [] : [["key", emitAssignments(key, scope)] as const];
  return call(path(variable, "addOrUpdate"), object([...keyed, ["set", set]]));
}

/** Which rows; without a condition, the one whose id is the aggregate's. */
function emitWhere({ where }: { readonly where?: RemoveRow["where"] | undefined }, scope: Scope): Js {
  return where === undefined ? object([["id", path("event", "aggregate", "id")]]) : emitCondition(where, scope);
}
