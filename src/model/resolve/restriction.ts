import type * as tree from "../../../grammar/ast.ts";
import { describeType } from "../types/describe-type.ts";
import { isPattern } from "../types/pattern.ts";
import type { Type } from "../types/type.ts";
import { canonicalDigits } from "../types/wire-form.ts";
import { complain, type Environment } from "./environment.ts";

/** The type with one restriction more. One that does not fit is complained about, and left out: the type is still good for everything else. */
export function restricted(env: Environment, type: Type, restriction: tree.Restriction): Type {
  if (type.kind === "optional") return { kind: "optional", of: restricted(env, type.of, restriction) };
  if (restriction.kind === "matching") return matching(env, type, restriction);
  const bounds = boundsOf(env, restriction);
  if (bounds === undefined) return type;
  switch (type.kind) {
    case "text":
      if (!needsUnit(env, restriction, "characters", type)) return type;
      return narrowed(env, type, restriction, bounds, ["minLength", "maxLength"]);
    case "list":
      if (!needsUnit(env, restriction, "items", type)) return type;
      return narrowed(env, type, restriction, bounds, ["atLeast", "atMost"]);
    case "integer":
    case "number":
    case "decimal":
      if (!needsUnit(env, restriction, undefined, type)) return type;
      return narrowed(env, type, restriction, bounds, ["atLeast", "atMost"]);
    default:
      return misfit(env, type, restriction);
  }
}

type Bounded = Extract<Type, { readonly kind: "text" | "list" | "integer" | "number" | "decimal" }>;

/** With what restricts it already: of two bounds the narrower one counts. */
function narrowed(
  env: Environment,
  type: Bounded,
  { span }: tree.Restriction,
  bounds: Bounds,
  [lower, upper]: readonly [string, string],
): Type {
  const known = type as unknown as { readonly [bound: string]: number | string | undefined };
  const least = tighter(known[lower] ?? (isCounted(type) ? 0 : undefined), bounds.least, (a, b) => a > b);
  const most = tighter(known[upper], bounds.most, (a, b) => a < b);
  if (least !== undefined && most !== undefined && Number(least) > Number(most)) {
    complain(env, "range-reversed", span, { from: String(least), to: String(most) });
    return type;
  }
  const asBound = (bound: number | string) => (type.kind === "decimal" ? String(bound) : Number(bound));
  return {
    ...type,
    ...(bounds.least !== undefined && least !== undefined && { [lower]: asBound(least) }),
    ...(bounds.most !== undefined && most !== undefined && { [upper]: asBound(most) }),
  };
}

const isCounted = ({ kind }: Bounded): boolean => kind === "text" || kind === "list";

type Bound = number | string | undefined;

function tighter(known: Bound, given: Bound, isTighter: (given: number, known: number) => boolean): Bound {
  if (known === undefined || given === undefined) return given ?? known;
  return isTighter(Number(given), Number(known)) ? given : known;
}

/** As digits, so that they stay exact. */
interface Bounds {
  readonly least: string | undefined;
  readonly most: string | undefined;
}

function boundsOf(env: Environment, restriction: Exclude<tree.Restriction, { readonly kind: "matching" }>): Bounds | undefined {
  const [from, to] =
    restriction.kind === "range"
      ? [restriction.from, restriction.to]
      : restriction.kind === "at-least"
        ? [restriction.bound, undefined]
        : [undefined, restriction.bound];
  const least = from && digitsOf(env, from);
  const most = to && digitsOf(env, to);
  return (from && least === undefined) || (to && most === undefined) ? undefined : { least, most };
}

function digitsOf(env: Environment, bound: tree.Expression): string | undefined {
  if (bound.kind === "number-literal") return canonicalDigits(bound.digits);
  if (bound.kind === "unary" && bound.operator === "-" && bound.operand.kind === "number-literal")
    return canonicalDigits(`-${bound.operand.digits}`);
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
