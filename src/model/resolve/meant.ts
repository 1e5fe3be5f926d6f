import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../expression.ts";
import { isNumber, isText, withoutOptional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import type { Scope } from "./scope.ts";

/** What somebody meant who wrote a value of another kind, and the edit that makes it that. */
export interface Meant {
  readonly text: string;
  readonly fix: Fix;
}

type Literal = Extract<Expression, { readonly kind: "literal" }>;

/** `2.5` for `"2.5"`, `"5"` for `5`, `3 days` for `3`, `placed` for `"placed"`: the literal as the type that is needed. */
export function meantAs(needed: Type, expression: Expression, { env }: Scope): Meant | undefined {
  if (expression.kind !== "literal") return undefined;
  const written = env.source.lines.text.slice(expression.span.start, expression.span.end);
  const text = asType(withoutOptional(needed), expression, written);
  return text === undefined ? undefined : { text, fix: { span: expression.span, text, safe: needed.kind !== "duration" } };
}

function asType(needed: Type, { value, type }: Literal, written: string): string | undefined {
  if (isText(type)) return withoutQuotes(needed, String(value));
  if (!isNumber(type)) return undefined;
  if (needed.kind === "text") return `"${written}"`;
  return needed.kind === "duration" ? `${written} ${written === "1" ? "day" : "days"}` : undefined;
}

function withoutQuotes(needed: Type, text: string): string | undefined {
  switch (needed.kind) {
    case "integer":
      return /^-?\d+$/.test(text) ? text : undefined;
    case "number":
    case "decimal":
      return /^-?\d+(?:\.\d+)?$/.test(text) ? text : undefined;
    case "boolean":
      return text === "true" || text === "false" ? text : undefined;
    case "date":
      return /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
    case "choice":
      return needed.options.includes(text) ? text : undefined;
    default:
      return undefined;
  }
}
