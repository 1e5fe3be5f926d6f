import type { Expression } from "../../model/expression.ts";
import type { Js } from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitExpression, type Scope } from "./expression.ts";

const nothing: Scope = {
  read: ({ field }) => notEmitted(`the field ${field} in a constant`),
  given: (what) => notEmitted(`${what} in a constant`),
  local: (name) => notEmitted(`${name} in a constant`),
};

/** A value that is known when the model is compiled. */
export const emitConstant = (expression: Expression): Js => emitExpression(expression, nothing);
