import type { ElementCondition, Expression, Node, NodeKind } from "../../model/expression.ts";
import { arrow, binary, call, constant, member, negative, not, type Js } from "../javascript/syntax.ts";
import { usedParameters } from "../javascript/uses.ts";
import { notEmitted } from "../not-emitted.ts";
import type { Emit, Scope } from "./scope.ts";

type NodeOf<Kind extends NodeKind> = Extract<Node, { readonly kind: Kind }> & Pick<Expression, "type">;

/** What one element is called in the function that is asked for each. */
export function elementOf(variable: string, scope: Scope): string {
  const element = scope.local(variable);
  return element.kind === "name" ? element.name : notEmitted("an element without a name");
}

/** `(tag) => …`, the function that is asked for each element; without the element where the answer does not depend on it. */
export const forElement = (variable: string, scope: Scope, body: Js): Js => arrow(usedParameters([elementOf(variable, scope)], body), body);

/** `tags.filter((tag) => …)` and its like. */
function emitElements(method: string, list: Expression, { variable, condition }: ElementCondition, scope: Scope, emit: Emit): Js {
  return call(member(emit(list, scope), method), forElement(variable, scope, emit(condition, scope)));
}

export function emitPick({ word, list, where }: NodeOf<"pick">, scope: Scope, emit: Emit): Js {
  const found =
    where === undefined
      ? call(member(emit(list, scope), "at"), word === "first" ? constant(0) : negative(constant(1)))
      : emitElements(word === "first" ? "find" : "findLast", list, where, scope, emit);
  return binary(found, "??", constant(null));
}

export function emitCount({ list, where }: NodeOf<"count">, scope: Scope, emit: Emit): Js {
  return member(where === undefined ? emit(list, scope) : emitElements("filter", list, where, scope, emit), "length");
}

export function emitQuantifier({ word, list, where }: NodeOf<"quantifier">, scope: Scope, emit: Emit): Js {
  const holds = emitElements(word === "all" ? "every" : "some", list, where, scope, emit);
  return word === "none" ? not(holds) : holds;
}

export const emitFilter = ({ list, where }: NodeOf<"filter">, scope: Scope, emit: Emit): Js =>
  emitElements("filter", list, where, scope, emit);
