import type { Assignment } from "../../model/expression.ts";
import type { ListReaction, ListStatement, RemoveRow, UpdateRow } from "../../model/list.ts";
import { fullName } from "../../model/names.ts";
import { statementsAt } from "../javascript/lay-out-statements.ts";
import { arrow, call, object, path, type Js, type Statement } from "../javascript/syntax.ts";
import { mentions, usedParameters, withoutUnused } from "../javascript/uses.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitSelection } from "./condition.ts";
import { done, endsAlways, handOver } from "./ending.ts";
import { emitExpression } from "./expression.ts";
import type { Imports } from "./imports.ts";
import { emitListChange } from "./list-change.ts";
import { emitLet } from "./let.ts";
import { narrowingIn } from "./narrowing.ts";
import type { Scope } from "./scope.ts";
import { Locals, reactionScope } from "./scopes.ts";
import { methodText } from "./section.ts";

interface Place {
  readonly scope: Scope;
  readonly locals: Locals;
  /** What the list is called in its own code. */
  readonly variable: string;
  /** What is called where the model says "by code". */
  readonly handler: string;
}

export function shapeReaction({ event, statements }: ListReaction, variable: string, handler: string, imports: Imports) {
  const locals = new Locals(variable, "event", "mark", "row", "item", handler);
  const emitted = emitStatements(
    statements,
    { scope: reactionScope(imports, locals, narrowingIn(statements)), locals, variable, handler },
    true,
  );
  const body = endsAlways(emitted) ? emitted : [...emitted, done];
  return {
    method: methodText(1, fullName(event), usedParameters([variable, "event", "mark"], body)),
    body: statementsAt(2, body),
  };
}

/** `isLast`: nothing of the event is left to be done after them. */
function emitStatements(statements: readonly ListStatement[], place: Place, isLast: boolean): readonly Statement[] {
  return withoutUnused(
    statements.flatMap((statement, index) => emitStatement(statement, place, isLast && index === statements.length - 1)),
  );
}

function emitStatement(statement: ListStatement, place: Place, isLast: boolean): readonly Statement[] {
  const { scope, variable } = place;
  switch (statement.kind) {
    case "add-row":
      return [doing(variable, "add", emitAssignments(statement.assignments, scope))];
    case "update-row":
      return [emitUpdate(statement, place)];
    case "remove-row":
      return [doing(variable, "remove", object(emitWhere(statement, scope)))];
    case "let":
      return [emitLet(place.locals.nameOf(statement.name), statement.value, scope)];
    case "when":
      return [
        {
          kind: "if",
          test: emitExpression(statement.condition, scope),
          then: emitStatements(statement.statements, place, isLast),
          otherwise: emitStatements(statement.otherwise ?? [], place, isLast),
        },
      ];
    case "for-each": {
      const of = emitExpression(statement.collection, scope);
      const element = place.locals.nameOf(statement.variable);
      return [{ kind: "for", variable: element, of, body: emitStatements(statement.statements, place, false) }];
    }
    case "by-code":
      return handOver(call(path(place.handler), path(variable), path("event"), path("mark")), place.locals, isLast);
  }
}

const doing = (variable: string, method: string, ...args: readonly Js[]): Statement => ({
  kind: "do",
  expression: call(path(variable, method), ...args),
});

const emitAssignments = (assignments: readonly Assignment[], scope: Scope): Js =>
  object(assignments.map(({ field, value }) => [field, emitExpression(value, scope)]));

function emitUpdate(statement: UpdateRow, { scope, variable }: Place): Statement {
  const values = emitChanges(statement, scope);
  const set = ["set", mentions("row", values) ? arrow(["row"], values) : values] as const;
  const { orAdd, key } = statement;
  if (!orAdd) return doing(variable, "update", object([...emitWhere(statement, scope), set]));
  return doing(variable, "addOrUpdate", object([...(key === undefined ? [] : [["key", emitAssignments(key, scope)] as const]), set]));
}

/** The new values of fields; what changes a list makes it of what the changes before it left. */
function emitChanges({ assignments, changes }: UpdateRow, scope: Scope): Js {
  const values = new Map(assignments.map(({ field, value }) => [field, emitExpression(value, scope)]));
  const after: Scope = { ...scope, read: (node) => (node.from === "row" && values.get(node.field)) || scope.read(node) };
  for (const change of changes) {
    if (change.kind !== "add-to" && change.kind !== "remove-from") return notEmitted(`"${change.kind}" in a list`);
    values.set(change.field, emitListChange(change, after.read({ kind: "read", from: "row", field: change.field }), after));
  }
  return object([...values]);
}

/** Which rows; without a condition, the one whose id is the aggregate's. */
function emitWhere({ where }: { readonly where?: RemoveRow["where"] | undefined }, scope: Scope): readonly (readonly [string, Js])[] {
  if (where === undefined) return [["where", object([["id", path("event", "aggregate", "id")]])]];
  const { where: known, and } = emitSelection(where, scope);
  if (known === undefined) return [["where", and ?? object([])]];
  return [["where", known], ...(and === undefined ? [] : [["and", and] as const])];
}
