import type { List, Query } from "../../model/list.ts";
import { arrow, object, text, type Js } from "../javascript/syntax.ts";
import { usedParameters } from "../javascript/uses.ts";
import { membersText } from "../typescript/interface.ts";
import { pascal } from "../typescript/names.ts";
import { dataDoc } from "../typescript/type.ts";
import { emitSelection } from "./condition.ts";
import { emitExpression } from "./expression.ts";
import { emitFields } from "./field.ts";
import type { Imports } from "./imports.ts";
import { narrowingIn } from "./narrowing.ts";
import type { Scope } from "./scope.ts";
import { Locals, queryScope } from "./scopes.ts";
import { propertyText } from "./section.ts";

/** What the list's file says of its named questions. Empty where it has none. */
export function shapeQueries({ name, queries }: List, imports: Imports) {
  if (queries.length === 0) return { queryTypes: "", queries: [] };
  const members = queries.map((query) => ({ ...query, doc: dataDoc(query.parameters, imports.value) }));
  return {
    queryTypes: `/** The questions that have a name, and what they are asked with. */\ninterface ${pascal(name)}Queries ${membersText(members)}\n\n`,
    queries: queries.map((query) => propertyText(1, query.name, emitQuery(query, imports))),
  };
}

function emitQuery(query: Query, imports: Imports): Js {
  const expressions = [query.where, query.take].filter((part) => part !== undefined);
  const parameters = new Set(query.parameters.map(({ name }) => name));
  const asked = emitAsked(query, queryScope(imports, new Locals("row", "parameters"), parameters, narrowingIn(...expressions)));
  return object([
    ...(query.description === undefined ? [] : [["description", text(query.description)] as const]),
    ["parameters", emitFields(query.parameters, imports)],
    ["ask", arrow(usedParameters(["parameters"], asked), asked)],
  ]);
}

/** `{ where: { likes: { atLeast: parameters.atLeast } }, orderBy: { likes: "descending" }, take: 10 }` */
function emitAsked({ where, order, take }: Query, scope: Scope): Js {
  return object([
    ...(where === undefined ? [] : Object.entries(emitSelection(where, scope))),
    ...(order.length === 0 ? [] : [["orderBy", object(order.map(({ field, direction }) => [field, text(direction)]))] as const]),
    ...(take === undefined ? [] : [["take", emitExpression(take, scope)] as const]),
  ]);
}
