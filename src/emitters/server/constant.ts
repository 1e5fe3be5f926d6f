import type { Expression } from "../../model/expression.ts";
import type { Js } from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitExpression } from "./expression.ts";
import type { Imports } from "./imports.ts";

/** A value that is known when the model is compiled. */
export const emitConstant = (expression: Expression, imports: Imports): Js =>
  emitExpression(expression, {
    imports,
    read: ({ field }) => notEmitted(`the field ${field} in a constant`),
    given: (what) => notEmitted(`${what} in a constant`),
    local: (name) => notEmitted(`${name} in a constant`),
  });
