import type * as tree from "../../../grammar/ast.ts";
import { describeType } from "../types/describe-type.ts";
import { isPattern } from "../types/pattern.ts";
import type { Type } from "../types/type.ts";
import { complain, type Environment } from "./environment.ts";

/** The type with one restriction more. One that does not fit is complained about, and left out: the type is still good for everything else. */
export function restricted(env: Environment, type: Type, restriction: tree.Restriction): Type {
  if (type.kind === "optional") return { kind: "optional", of: restricted(env, type.of, restriction) };
  if (restriction.kind === "matching") return matching(env, type, restriction);
  const bounds = boundsOf(env, restriction);
  if (bounds === undefined) return type;
  switch (type.kind) {
    case "text":
      return needsUnit(env, restriction, "characters", type)
        ? { ...type, ...defined({ minLength: bounds.least, maxLength: bounds.most }) }
        : type;
    case "list":
      return needsUnit(env, restriction, "items", type) ? { ...type, ...defined({ atLeast: bounds.least, atMost: bounds.most }) } : type;
    case "integer":
    case "number":
      return needsUnit(env, restriction, undefined, type) ? { ...type, ...defined({ atLeast: bounds.least, atMost: bounds.most }) } : type;
    case "decimal":
      return needsUnit(env, restriction, undefined, type)
        ? { ...type, ...defined({ atLeast: bounds.leastDigits, atMost: bounds.mostDigits }) }
        : type;
    default:
      return misfit(env, type, restriction);
  }
}

interface Bounds {
  readonly least: number | undefined;
  readonly most: number | undefined;
  readonly leastDigits: string | undefined;
  readonly mostDigits: string | undefined;
}

/** Only the bounds that there are. */
function defined<Bound>(bounds: { readonly [name: string]: Bound | undefined }): { readonly [name: string]: Bound } {
  const entries = Object.entries(bounds).filter((entry): entry is [string, Bound] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

function boundsOf(env: Environment, restriction: Exclude<tree.Restriction, { readonly kind: "matching" }>): Bounds | undefined {
  const [from, to] =
    restriction.kind === "range"
      ? [restriction.from, restriction.to]
      : restriction.kind === "at-least"
        ? [restriction.bound, undefined]
        : [undefined, restriction.bound];
  const leastDigits = from && digitsOf(env, from);
  const mostDigits = to && digitsOf(env, to);
  if ((from && leastDigits === undefined) || (to && mostDigits === undefined)) return undefined;
  if (leastDigits !== undefined && mostDigits !== undefined && Number(leastDigits) > Number(mostDigits)) {
    return complain(env, "range-reversed", restriction.span, { from: leastDigits, to: mostDigits });
  }
  const asNumber = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
  return { least: asNumber(leastDigits), most: asNumber(mostDigits), leastDigits, mostDigits };
}

function digitsOf(env: Environment, bound: tree.Expression): string | undefined {
  if (bound.kind === "number-literal") return bound.digits;
  if (bound.kind === "unary" && bound.operator === "-" && bound.operand.kind === "number-literal") return `-${bound.operand.digits}`;
  return complain(env, "bound-not-a-number", bound.span, {});
}

function needsUnit(env: Environment, restriction: tree.Restriction, unit: tree.Unit | undefined, type: Type): boolean {
  const given = restriction.kind === "matching" ? undefined : restriction.unit;
  if (given === unit) return true;
  complain(env, "restriction-unit", restriction.span, { type: describeType(type), ...(unit && { unit }), ...(given && { given }) });
  return false;
}

function matching(env: Environment, type: Type, restriction: Extract<tree.Restriction, { readonly kind: "matching" }>): Type {
  if (type.kind !== "text") return misfit(env, type, restriction);
  if (isPattern(restriction.pattern)) return { ...type, matching: restriction.pattern };
  complain(env, "pattern-unreadable", restriction.span, { pattern: restriction.pattern });
  return type;
}

function misfit(env: Environment, type: Type, restriction: tree.Restriction): Type {
  complain(env, "restriction-impossible", restriction.span, { type: describeType(type), isMatching: restriction.kind === "matching" });
  return type;
}
