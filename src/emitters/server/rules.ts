import type { Rule, Who } from "../../model/allow.ts";
import { usedParameters } from "../javascript/uses.ts";
import { array, arrow, object, openObject, text, type Js } from "../javascript/syntax.ts";
import { isInherited } from "../typescript/names.ts";
import { emitExpression } from "./expression.ts";
import { narrowingIn, type Narrowing } from "./narrowing.ts";
import type { Scope } from "./scope.ts";

/** What a condition can speak of, given what TypeScript makes of it. */
type ScopeFor = (narrowing: Narrowing) => Scope;

/** Who may do what, by the name of what may be done; what nobody may is left out. */
export function emitRules(
  allowed: readonly { readonly name: string; readonly allows: readonly Rule[] }[],
  subject: string,
  scopeFor: ScopeFor,
): Js {
  return openObject(
    allowed
      .filter(({ name, allows }) => allows.length > 0 || isInherited(name))
      .map(({ name, allows }) => [name, emitAllows(allows, subject, scopeFor)]),
  );
}

/** The rules of one thing; one that allows is enough. `subject` is what the condition speaks of besides the user. */
const emitAllows = (allows: readonly Rule[], subject: string, scopeFor: ScopeFor): Js =>
  array(
    allows.map(({ who, where }) =>
      object([
        ["who", emitWho(who)],
        ...(where === undefined ? [] : [["where", emitWhere(emitExpression(where, scopeFor(narrowingIn(where))), subject)] as const]),
      ]),
    ),
  );

/** `"everyone"`, `{ role: "clerk" }` */
export const emitWho = (who: Who): Js => (who.kind === "role" ? object([["role", text(who.role)]]) : text(who.kind));

const emitWhere = (condition: Js, subject: string): Js => arrow(usedParameters([subject, "user"], condition), condition);
