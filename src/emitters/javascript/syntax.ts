/**
 * The JavaScript that emitted code is made of, as far as it is made of expressions and statements: what is meant, without
 * parentheses, quotes and line breaks. Those are found when it is laid out.
 */
export type Js =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "constant"; readonly value: number | boolean | null }
  | { readonly kind: "regex"; readonly source: string }
  | { readonly kind: "template"; readonly parts: readonly (string | Js)[] }
  /** `optional`: `a?.b`, undefined where there is no `a`. */
  | { readonly kind: "member"; readonly object: Js; readonly property: string; readonly optional?: true }
  | { readonly kind: "call"; readonly callee: Js; readonly args: readonly Js[] }
  /** `a!`: what the model's check knows, and TypeScript cannot. */
  | { readonly kind: "present"; readonly operand: Js }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly operand: Js }
  | { readonly kind: "binary"; readonly operator: Operator; readonly left: Js; readonly right: Js }
  | { readonly kind: "conditional"; readonly test: Js; readonly then: Js; readonly otherwise: Js }
  /** `open`: one property a line, even where they would fit on one. */
  | { readonly kind: "object"; readonly properties: readonly (Property | Spread)[]; readonly open: boolean }
  | { readonly kind: "array"; readonly items: readonly Js[] }
  | { readonly kind: "arrow"; readonly parameters: readonly string[]; readonly body: Js };

export interface Property {
  readonly name: string;
  readonly value: Js;
}

/** `...a` */
export interface Spread {
  readonly spread: Js;
}

export type Operator = "||" | "&&" | "??" | "===" | "!==" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

export type Statement =
  | { readonly kind: "const"; readonly name: string; readonly type?: string; readonly value: Js }
  | { readonly kind: "do"; readonly expression: Js }
  | { readonly kind: "return"; readonly value: Js }
  | { readonly kind: "if"; readonly test: Js; readonly then: readonly Statement[]; readonly otherwise?: readonly Statement[] }
  /** `for (const item of items) { … }` */
  | { readonly kind: "for"; readonly variable: string; readonly of: Js; readonly body: readonly Statement[] };

export const name = (text: string): Js => ({ kind: "name", name: text });
export const text = (value: string): Js => ({ kind: "text", value });
export const constant = (value: number | boolean | null): Js => ({ kind: "constant", value });
export const regex = (source: string): Js => ({ kind: "regex", source });
export const template = (parts: readonly (string | Js)[]): Js => ({ kind: "template", parts });
export const call = (callee: Js, ...args: readonly Js[]): Js => ({ kind: "call", callee, args });
export const present = (operand: Js): Js => ({ kind: "present", operand });
export const not = (operand: Js): Js => ({ kind: "unary", operator: "!", operand });
export const negative = (operand: Js): Js => ({ kind: "unary", operator: "-", operand });
export const conditional = (test: Js, then: Js, otherwise: Js): Js => ({ kind: "conditional", test, then, otherwise });
export const array = (items: readonly Js[]): Js => ({ kind: "array", items });
export const arrow = (parameters: readonly string[], body: Js): Js => ({ kind: "arrow", parameters, body });

/** `a || (b || c)` is `a || b || c`. */
export function binary(left: Js, operator: Operator, right: Js): Js {
  const joins = operator === "&&" || operator === "||" || operator === "??";
  if (!joins || right.kind !== "binary" || right.operator !== operator) return { kind: "binary", operator, left, right };
  return binary(binary(left, operator, right.left), operator, right.right);
}

/** `message.state.likes` */
export const path = (first: string, ...rest: readonly string[]): Js =>
  rest.reduce<Js>((object, property) => member(object, property), name(first));
export const member = (object: Js, property: string): Js => ({ kind: "member", object, property });
export const optionalMember = (object: Js, property: string): Js => ({ kind: "member", object, property, optional: true });

type Entries = readonly (readonly [name: string, value: Js])[];
const properties = (entries: Entries): readonly Property[] => entries.map(([name, value]) => ({ name, value }));

/** On one line where it fits. */
export const object = (entries: Entries): Js => ({ kind: "object", properties: properties(entries), open: false });
/** `{ ...base, name: value }` */
export const changed = (base: Js, entries: Entries): Js => ({
  kind: "object",
  properties: [{ spread: base }, ...properties(entries)],
  open: false,
});
/** One property a line. */
export const openObject = (entries: Entries): Js => ({ kind: "object", properties: properties(entries), open: entries.length > 0 });
