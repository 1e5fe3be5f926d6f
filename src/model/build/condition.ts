import type * as tree from "../../../grammar/ast.ts";
import type { Expression } from "../expression.ts";
import { conditionOf } from "../resolve/fitted.ts";
import { infer } from "../resolve/infer.ts";
import { joined } from "../resolve/logic.ts";
import { presentWhere } from "../resolve/narrow.ts";
import { negated } from "../resolve/negate.ts";
import { type Scope, withPresent } from "../resolve/scope.ts";
import type { Type } from "../types/type.ts";

/** A condition, on the line or as `all of`, `any of`, `none of` with lines below. */
export function buildCondition(condition: tree.Condition, scope: Scope): Expression | undefined {
  return condition.kind === "condition-group" ? group(condition, scope) : conditionOf(infer(condition, scope, { kind: "boolean" }), scope);
}

/** What a `let` holds: any value, or a condition in lines. */
export function buildValue(value: tree.Condition, scope: Scope, expected?: Type): Expression | undefined {
  return value.kind === "condition-group" ? group(value, scope) : infer(value, scope, expected);
}

/** Each line knows how those above it turned out. */
function group({ mode, conditions, span }: tree.ConditionGroup, scope: Scope): Expression | undefined {
  const word = mode === "all" ? "and" : "or";
  const built: Expression[] = [];
  let inside = scope;
  for (const condition of conditions) {
    const one = buildCondition(condition, inside);
    if (one === undefined) continue;
    built.push(one);
    inside = withPresent(inside, presentWhere(one, word === "and"));
  }
  if (built.length < conditions.length) return undefined;
  const whole = joined(word, built, span);
  return mode === "none" ? negated(whole) : whole;
}
