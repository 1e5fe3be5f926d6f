import type { IToken } from "chevrotain";
import type { Binary, BinaryOperator, Expression, Span, Test } from "../ast.ts";
import { fault, type Fault } from "../faults.ts";

/** An operation as it stands on the line, before it is known what binds what. */
export type Step = Term | Operator | Tested;

export interface Term {
  readonly kind: "term";
  /** The `not`s in front of it. */
  readonly negations: readonly IToken[];
  readonly operand: Expression;
}

export interface Operator {
  readonly kind: "operator";
  readonly operator: BinaryOperator;
  readonly span: Span;
}

/** `is empty`, `matches /…/`: behind a value, with no value to follow. */
export interface Tested {
  readonly kind: "tested";
  readonly test: Extract<Test, { kind: "test" }>["test"] | { readonly pattern: string };
  readonly span: Span;
}

const binding: Readonly<Record<BinaryOperator, number>> = {
  ...{ or: 1, and: 2 },
  ...{ is: 3, "is not": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "is in": 3, contains: 3, "starts with": 3, "ends with": 3 },
  ...{ otherwise: 4, "+": 5, "-": 5, "*": 6, "/": 6, mod: 6 },
};
const comparing = 3;

/** What binds what: `or`, `and`, `not`, comparisons, `otherwise`, sums, products, from loose to tight. */
export function combine(steps: readonly Step[], note: (fault: Fault) => void): Expression {
  let at = 0;
  noteMixture(steps, note);

  /** A value, and behind it all that binds at least so tightly. */
  function value(least: number): Expression {
    const { negations, operand } = steps[at++] as Term;
    if (negations.length === 0) return extend(operand, least);
    const denied = extend(operand, Math.max(least, comparing));
    return extend(negations.reduceRight(negate, denied), least);
  }

  function extend(start: Expression, least: number): Expression {
    let left = start;
    let compared: string | undefined;
    for (;;) {
      const step = steps[at] as Operator | Tested | undefined;
      if (step === undefined || bindingOf(step) < least) return left;
      const strength = bindingOf(step);
      at++;
      if (strength === comparing) {
        if (compared !== undefined) note(fault("chained-comparison", step.span, { first: compared, second: wordOf(step) }));
        compared = wordOf(step);
      } else if (strength < comparing) {
        compared = undefined;
      }
      left = step.kind === "tested" ? tested(left, step) : binary(left, step, value(strength + 1));
    }
  }

  return value(1);
}

function negate(operand: Expression, token: IToken): Expression {
  return { kind: "unary", operator: "not", operand, span: { start: token.startOffset, end: operand.span.end } };
}

function bindingOf(step: Operator | Tested) {
  return step.kind === "tested" ? comparing : binding[step.operator];
}

function wordOf(step: Operator | Tested) {
  if (step.kind === "operator") return step.operator;
  return typeof step.test === "string" ? step.test : "matches";
}

function binary(left: Expression, { operator, span }: Operator, right: Expression): Binary {
  return { kind: "binary", operator, left, right, operatorSpan: span, span: { start: left.span.start, end: right.span.end } };
}

function tested(operand: Expression, { test, span }: Tested): Test {
  const whole = { start: operand.span.start, end: span.end };
  return typeof test === "string"
    ? { kind: "test", test, operand, span: whole }
    : { kind: "matches", operand, pattern: test.pattern, span: whole };
}

/** People read mixed `and` and `or` differently, so parentheses have to say it. */
function noteMixture(steps: readonly Step[], note: (fault: Fault) => void) {
  const connectives = steps.filter((step): step is Operator => step.kind === "operator" && binding[step.operator] < comparing);
  const other = connectives.find(({ operator }) => operator !== connectives[0]?.operator);
  if (other !== undefined) note(fault("mixed-and-or", other.span, {}));
}

/** The first `and`, `or` or `otherwise` of a filter's condition that no parentheses hold. */
export function looseConnective(condition: Expression): Binary | undefined {
  if (condition.kind === "unary") return looseConnective(condition.operand);
  if (condition.kind === "test" || condition.kind === "matches") return looseConnective(condition.operand);
  if (condition.kind !== "binary") return undefined;
  const loose = condition.operator === "and" || condition.operator === "or" || condition.operator === "otherwise";
  return looseConnective(condition.left) ?? (loose ? condition : looseConnective(condition.right));
}
