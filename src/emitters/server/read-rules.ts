import type { Rule } from "../../model/allow.ts";
import { array, arrow, object, type Js } from "../javascript/syntax.ts";
import { usedParameters } from "../javascript/uses.ts";
import { emitSelection } from "./condition.ts";
import { emitExpression } from "./expression.ts";
import type { Imports } from "./imports.ts";
import { narrowingIn } from "./narrowing.ts";
import { emitWho } from "./rules.ts";
import { rowScope } from "./scopes.ts";

/** Who may read which rows of a list: as a condition where the database can find them, else as a function of a row. */
export const emitReadRules = (allows: readonly Rule[], imports: Imports): Js =>
  array(allows.map(({ who, where }) => object([["who", emitWho(who)], ...(where === undefined ? [] : [emitRows(where, imports)])])));

function emitRows(condition: NonNullable<Rule["where"]>, imports: Imports): readonly [string, Js] {
  const scope = rowScope(imports, narrowingIn(condition));
  const { where, and } = emitSelection(condition, scope);
  if (where !== undefined && and === undefined) return ["rows", arrow(usedParameters(["user"], where), where)];
  const holds = emitExpression(condition, scope);
  return ["where", arrow(usedParameters(["row", "user"], holds), holds)];
}
