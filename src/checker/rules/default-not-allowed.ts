import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import { counted } from "../../diagnostics/phrases.ts";
import type { Domain } from "../../model/domain.ts";
import type { Expression } from "../../model/expression.ts";
import type { Field } from "../../model/field.ts";
import type { Type } from "../../model/types/type.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** A default meets the restrictions of its own field. */
export function* defaultNotAllowed(domain: Domain): Iterable<Diagnostic> {
  for (const { name, type, default: value, place } of fieldsOf(domain)) {
    const rule = value && brokenRule(withoutOptional(type), value);
    if (value === undefined || rule === undefined) continue;
    yield diagnostic("default-not-allowed", { file: place.file, span: value.span }, { field: name, written: written(value), rule });
  }
}

const fieldsOf = (domain: Domain): readonly Field[] => [
  ...aggregatesOf(domain).flatMap(({ state, commands, events }) => [...state, ...[...commands, ...events].flatMap(({ fields }) => fields)]),
  ...[...domain.values, ...domain.lists].flatMap(({ fields }) => fields),
  ...domain.flows.flatMap(({ state }) => state),
];

function brokenRule(type: Type, value: Expression): string | undefined {
  if (type.kind === "list") return value.kind === "list" ? brokenBound(value.items.length, type.atLeast, type.atMost, "item") : undefined;
  if (value.kind !== "literal" || value.value === null) return undefined;
  if (type.kind === "text") return brokenText(String(value.value), type);
  if (type.kind !== "integer" && type.kind !== "number" && type.kind !== "decimal") return undefined;
  const bound = (digits: string | number | undefined) => (digits === undefined ? undefined : Number(digits));
  return brokenBound(Number(value.value), bound(type.atLeast), bound(type.atMost));
}

function brokenText(text: string, { minLength, maxLength, matching }: Extract<Type, { readonly kind: "text" }>): string | undefined {
  if (matching !== undefined && !new RegExp(matching, "u").test(text)) return `it does not match /${matching}/`;
  return brokenBound([...text].length, minLength, maxLength, "character");
}

function brokenBound(amount: number, least: number | undefined, most: number | undefined, unit?: string): string | undefined {
  const told = (bound: number) => (unit === undefined ? String(bound) : counted(bound, unit));
  if (least !== undefined && amount < least) return `at least ${told(least)}`;
  return most !== undefined && amount > most ? `at most ${told(most)}` : undefined;
}

const written = (value: Expression) => (value.kind === "literal" ? JSON.stringify(value.value) : "list");
