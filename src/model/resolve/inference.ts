import type * as tree from "../../../grammar/ast.ts";
import type { Expression } from "../expression.ts";
import type { Type } from "../types/type.ts";
import type { Scope } from "./scope.ts";

/**
 * Finds out what an expression means. `expected` is the type that is wanted, which tells what the name of an option, a number or `[]` is; whether the
 * outcome fits it is for the caller to see. Undefined where something was wrong: then it has been said.
 */
export type Infer = (expression: tree.Expression, scope: Scope, expected?: Type) => Expression | undefined;
