import type { Expression } from "../model/expression.ts";
import type { Type } from "../model/types/type.ts";

/** What is known of one value: between which numbers it is, or which of a few constants. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Whether the bounds themselves are left out. */
  readonly above: boolean;
  readonly below: boolean;
  readonly is?: unknown;
  readonly isNot: ReadonlySet<unknown>;
}

type Facts = ReadonlyMap<string, Bounds>;

const anything: Bounds = { least: -Infinity, most: Infinity, above: false, below: false, isNot: new Set() };

/** False where a condition is sure never to be true, whatever the values in it: `likes > 3 and likes < 2`. In doubt, it can. */
export const canHold = (condition: Expression): boolean => meet(condition, true, new Map()) !== undefined;

/** False where a condition is sure to be true always. */
export const canFail = (condition: Expression): boolean => meet(condition, false, new Map()) !== undefined;

/** The facts with that of the condition being so; undefined where both cannot be. */
function meet(condition: Expression, wanted: boolean, facts: Facts): Facts | undefined {
  switch (condition.kind) {
    case "literal":
      return condition.value === wanted ? facts : undefined;
    case "not":
      return meet(condition.operand, !wanted, facts);
    case "logic":
      return (condition.word === "and") === wanted
        ? meetAll(condition.operands, wanted, facts)
        : meetOne(condition.operands, wanted, facts);
    case "comparison":
      return meetComparison(condition, wanted, facts);
    case "is-empty":
      return narrow(
        facts,
        `length ${keyOf(condition.operand)}`,
        lengthOf(condition.operand),
        wanted === condition.negated ? { least: 1 } : { most: 0 },
      );
    case "is-none":
      return narrow(facts, `none ${keyOf(condition.operand)}`, anything, { is: wanted !== condition.negated });
    default:
      return narrow(facts, keyOf(condition), anything, { is: wanted });
  }
}

const meetAll = (conditions: readonly Expression[], wanted: boolean, facts: Facts): Facts | undefined =>
  conditions.reduce<Facts | undefined>((known, condition) => known && meet(condition, wanted, known), facts);

/** Of several that would do nothing is learned but whether one of them can be. */
const meetOne = (conditions: readonly Expression[], wanted: boolean, facts: Facts): Facts | undefined =>
  conditions.some((condition) => meet(condition, wanted, facts) !== undefined) ? facts : undefined;

type Comparison = Extract<Expression, { readonly kind: "comparison" }>;
type Operator = Comparison["operator"];

const opposite: { readonly [Of in Operator]: Operator } = { is: "is not", "is not": "is", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
const mirrored: { readonly [Of in Operator]: Operator } = { is: "is", "is not": "is not", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

function meetComparison({ operator, left, right }: Comparison, wanted: boolean, facts: Facts): Facts | undefined {
  const [value, constant] = isConstant(left) ? [right, left] : [left, right];
  if (!isConstant(constant)) return facts;
  const written = value === left ? operator : mirrored[operator];
  const holds = wanted ? written : opposite[written];
  const bound = constantOf(constant);
  if (isConstant(value)) return compared(constantOf(value), holds, bound) ? facts : undefined;
  if (value.type.kind === "optional") return facts;
  return narrow(facts, keyOf(value), numbersOf(value), restrictionOf(holds, bound));
}

function restrictionOf(operator: Operator, bound: unknown): Partial<Bounds> {
  if (operator === "is not") return { isNot: new Set([bound]) };
  if (typeof bound !== "number") return operator === "is" ? { is: bound } : {};
  const table: { readonly [Of in Exclude<Operator, "is not">]: Partial<Bounds> } = {
    is: { least: bound, most: bound },
    "<": { most: bound, below: true },
    "<=": { most: bound },
    ">": { least: bound, above: true },
    ">=": { least: bound },
  };
  return table[operator];
}

function narrow(facts: Facts, key: string, first: Bounds, more: Partial<Bounds>): Facts | undefined {
  const known = facts.get(key) ?? first;
  if ("is" in known && "is" in more && known.is !== more.is) return undefined;
  const [least, above] = inner(known.least, known.above, more.least ?? -Infinity, more.above === true, 1);
  const [most, below] = inner(known.most, known.below, more.most ?? Infinity, more.below === true, -1);
  const isNot = new Set([...known.isNot, ...(more.isNot ?? [])]);
  const merged: Bounds = { ...known, ...("is" in more ? { is: more.is } : {}), least, most, above, below, isNot };
  return isPossible(merged) ? new Map([...facts, [key, merged]]) : undefined;
}

const isPossible = ({ least, most, above, below, isNot, ...rest }: Bounds): boolean =>
  (least < most || (least === most && !above && !below && !isNot.has(least))) && !("is" in rest && isNot.has(rest.is));

/** Of two bounds the narrower one, and whether it is left out itself; `side` is 1 for lower bounds, -1 for upper ones. */
function inner(one: number, oneIsOut: boolean, other: number, otherIsOut: boolean, side: 1 | -1): readonly [bound: number, isOut: boolean] {
  if (one === other) return [one, oneIsOut || otherIsOut];
  return one * side > other * side ? [one, oneIsOut] : [other, otherIsOut];
}

function compared(left: unknown, operator: Operator, right: unknown): boolean {
  if (operator === "is") return left === right;
  if (operator === "is not") return left !== right;
  if (typeof left !== "number" || typeof right !== "number") return true;
  return { "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right }[operator];
}

/** Two expressions that have the same key have the same value. */
const keyOf = (expression: Expression): string =>
  JSON.stringify(expression, (name, inner: unknown) => (name === "span" || name === "type" ? undefined : inner));

const isConstant = ({ kind, type }: Expression): boolean =>
  kind === "option" || (kind === "literal" && ["text", "integer", "number", "decimal", "boolean"].includes(type.kind));

/** Decimals as numbers: near enough to say that something is surely never so, for bounds that people write. */
function constantOf(expression: Expression): unknown {
  if (expression.kind === "option") return expression.option;
  if (expression.kind !== "literal") return undefined;
  return expression.type.kind === "decimal" ? Number(expression.value) : expression.value;
}

/** Data that enters, and the state, keep to the restrictions of their types; events that were stored long ago need not. */
const keepsToItsType = (expression: Expression): boolean =>
  expression.kind === "read" && (expression.from === "command" || expression.from === "state");

function numbersOf(expression: Expression): Bounds {
  const { type } = expression;
  if (!keepsToItsType(expression) || (type.kind !== "integer" && type.kind !== "number" && type.kind !== "decimal")) return anything;
  return { ...anything, least: Number(type.atLeast ?? -Infinity), most: Number(type.atMost ?? Infinity) };
}

function lengthOf(expression: Expression): Bounds {
  const [least, most] = keepsToItsType(expression) ? lengthsIn(expression.type) : [];
  return { ...anything, least: least ?? 0, most: most ?? Infinity };
}

function lengthsIn(type: Type): readonly (number | undefined)[] {
  if (type.kind === "text") return [type.minLength, type.maxLength];
  return type.kind === "list" ? [type.atLeast, type.atMost] : [];
}
