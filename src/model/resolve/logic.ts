import type * as tree from "../../../grammar/ast.ts";
import type { Expression } from "../expression.ts";
import { describeType } from "../types/describe-type.ts";
import { fit, isNumber, optional, withoutOptional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { complain } from "./environment.ts";
import { certain, conditionOf, fitted, writtenAt } from "./fitted.ts";
import type { Infer } from "./inference.ts";
import { presentWhere } from "./narrow.ts";
import { negated } from "./negate.ts";
import { type Scope, withPresent } from "./scope.ts";

const boolean = { kind: "boolean" } as const;

/** `a and b`, `a or b`: the right side knows how the left one turned out. */
export function logic({ operator, left, right, span }: tree.Binary, scope: Scope, infer: Infer): Expression | undefined {
  const word = operator === "and" ? "and" : "or";
  const first = conditionOf(infer(left, scope, boolean), scope);
  const inside = first === undefined ? scope : withPresent(scope, presentWhere(first, word === "and"));
  const second = conditionOf(infer(right, inside, boolean), scope);
  return first && second && joined(word, [first, second], span);
}

/** One node for all that the same word joins. */
export function joined(word: "and" | "or", operands: readonly Expression[], span: tree.Span): Expression {
  const flat = operands.flatMap((operand) => (operand.kind === "logic" && operand.word === word ? operand.operands : [operand]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: "logic", word, operands: flat, type: boolean, span };
}

export function not({ operand, span }: tree.Unary, scope: Scope, infer: Infer): Expression | undefined {
  const condition = conditionOf(infer(operand, scope, boolean), scope);
  return condition && { ...negated(condition), span };
}

export function negative({ operand, span }: tree.Unary, scope: Scope, infer: Infer, expected?: Type): Expression | undefined {
  const value = certain(infer(operand, scope, expected), scope);
  if (value === undefined) return undefined;
  if (!isNumber(value.type) && value.type.kind !== "duration") {
    return complain(scope.env, "calculation-impossible", span, {
      written: writtenAt(scope, span),
      left: describeType(value.type),
      right: "",
    });
  }
  if (value.kind === "literal")
    return { ...value, value: typeof value.value === "number" ? 0 - value.value : negativeText(String(value.value)), span };
  return { kind: "negate", operand: value, type: value.type, span };
}

/** Of digits, or of a length of time: zero stays as it is. */
function negativeText(text: string): string {
  if (text.startsWith("-")) return text.slice(1);
  return /[1-9]/.test(text) ? `-${text}` : text;
}

/** `if C then A else B` */
export function choose({ condition, then, otherwise, span }: tree.If, scope: Scope, infer: Infer, expected?: Type): Expression | undefined {
  const decided = conditionOf(infer(condition, scope, boolean), scope);
  const known = (holds: boolean) => (decided === undefined ? scope : withPresent(scope, presentWhere(decided, holds)));
  const yes = infer(then, known(true), expected);
  const no = infer(otherwise, known(false), expected ?? yes?.type);
  if (decided === undefined || yes === undefined || no === undefined) return undefined;
  const type = commonType(yes.type, no.type);
  if (type === undefined) {
    return complain(scope.env, "branches-differ", span, { then: describeType(yes.type), otherwise: describeType(no.type) });
  }
  const [fittedYes, fittedNo] = [fitted(yes, type, scope, "then"), fitted(no, type, scope, "else")];
  return fittedYes && fittedNo && { kind: "if", condition: decided, then: fittedYes, otherwise: fittedNo, type, span };
}

/** The type that both fit, as little more than each as possible. */
export function commonType(a: Type, b: Type): Type | undefined {
  if (fit(b, a) !== "no") return a;
  if (fit(a, b) !== "no") return b;
  if (a.kind === "none") return optional(b);
  if (b.kind === "none") return optional(a);
  if (a.kind !== "optional" && b.kind !== "optional") return undefined;
  const inner = commonType(withoutOptional(a), withoutOptional(b));
  return inner === undefined ? undefined : optional(inner);
}

/** `x otherwise 0` */
export function otherwise(
  { left, right, operatorSpan, span }: tree.Binary,
  scope: Scope,
  infer: Infer,
  expected?: Type,
): Expression | undefined {
  const value = infer(left, scope, expected === undefined ? undefined : optional(expected));
  const wanted = value === undefined ? expected : withoutOptional(value.type);
  const fallback = infer(right, scope, wanted);
  if (value === undefined || fallback === undefined) return undefined;
  if (value.type.kind !== "optional") {
    return complain(scope.env, "otherwise-never-needed", operatorSpan, { written: writtenAt(scope, left.span) });
  }
  const type = commonType(value.type.of, fallback.type);
  if (type === undefined) {
    return complain(scope.env, "branches-differ", span, { then: describeType(value.type.of), otherwise: describeType(fallback.type) });
  }
  const [fittedValue, fittedFallback] = [fitted(value, optional(type), scope, "this"), fitted(fallback, type, scope, "otherwise")];
  return fittedValue && fittedFallback && { kind: "otherwise", value: fittedValue, fallback: fittedFallback, type, span };
}
