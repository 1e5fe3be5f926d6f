import type { Span } from "../../../grammar/ast.ts";
import type { Expression } from "../expression.ts";
import { describeType } from "../types/describe-type.ts";
import { fit, withoutOptional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { complain } from "./environment.ts";
import { meantAs } from "./meant.ts";
import type { Scope } from "./scope.ts";

/** The expression as a value of the type; where it is none, that is said. `what` is what needs it, for the sentence: `"likes"`. */
export function fitted(expression: Expression, type: Type, scope: Scope, what: string): Expression | undefined {
  const asIs = fit(expression.type, type);
  if (asIs === "as it is") return expression;
  if (asIs === "converted") return converted(expression);
  const { span } = expression;
  if (expression.type.kind === "none") return complain(scope.env, "none-not-possible", span, { what, needed: describeType(type) });
  if (fit(withoutOptional(expression.type), type) !== "no") return mayBeNone(expression, scope);
  const meant = meantAs(type, expression, scope);
  const facts = { what, needed: describeType(type), given: describeType(expression.type), meant: meant?.text };
  return complain(scope.env, "type-mismatch", span, facts, { fix: meant?.fix });
}

/** An integer as a decimal. A literal is written as one right away. */
export function converted(expression: Expression): Expression {
  const type = { kind: "decimal" } as const;
  return expression.kind === "literal"
    ? { ...expression, value: String(expression.value), type }
    : { kind: "convert", operand: expression, type, span: expression.span };
}

/** Says that something has to be done about a value that may be none. */
export function mayBeNone({ span }: Expression, scope: Scope): undefined {
  return complain(scope.env, "value-may-be-none", span, { written: writtenAt(scope, span) });
}

export const writtenAt = ({ env }: Scope, { start, end }: Span): string => env.source.lines.text.slice(start, end);

/** The expression where it surely has a value; else undefined, and it is said. */
export function certain(expression: Expression | undefined, scope: Scope): Expression | undefined {
  if (expression === undefined) return undefined;
  return expression.type.kind === "optional" || expression.type.kind === "none" ? mayBeNone(expression, scope) : expression;
}

/** A condition: yes or no, nothing else. */
export function conditionOf(expression: Expression | undefined, scope: Scope): Expression | undefined {
  if (expression === undefined || expression.type.kind === "boolean") return expression;
  if (expression.type.kind === "optional" && expression.type.of.kind === "boolean") return mayBeNone(expression, scope);
  return complain(scope.env, "condition-needed", expression.span, {
    written: writtenAt(scope, expression.span),
    given: describeType(expression.type),
    isOptional: expression.type.kind === "optional",
    isList: expression.type.kind === "list" || expression.type.kind === "text",
  });
}
