import type { Expression, GivenFact, Read } from "../../model/expression.ts";
import type { Js } from "../javascript/syntax.ts";
import type { Imports } from "./imports.ts";
import type { Narrowing } from "./narrowing.ts";

/** What the names of a place are in the code that stands there. */
export interface Scope {
  readonly imports: Imports;
  read(node: Read): Js;
  given(what: GivenFact): Js;
  /** A `let`, a loop's variable, a query's parameter, an element. */
  local(name: string): Js;
  /** What TypeScript concludes where the code stands, and what it does not. */
  readonly narrowing?: Narrowing;
}

/** Handed down, so that each form of expression has a file that knows no other. */
export type Emit = (node: Expression, scope: Scope) => Js;
