import type { Fault } from "./fault.ts";
import type { Fault as Wrong } from "../protocol/validation/check.ts";
import { checkDecimal } from "../protocol/validation/decimal.ts";
import { checkDate, checkDuration, checkTimestamp } from "../protocol/validation/time.ts";
import type { Column } from "./columns.ts";
import { suggestion } from "./suggestion.ts";

/** Types of which equal values have one form. */
const forms = { timestamp: checkTimestamp, date: checkDate, duration: checkDuration, decimal: checkDecimal({}) } as const;

/** A value that a field is compared with, in the one form in which the rows have it; or the rule that it breaks. */
export function checkValue(column: Column, value: unknown): { readonly value: unknown } | { readonly rule: string } {
  if (value === null) return { value };
  const { type } = column;
  if (type in forms) {
    const wrong: Wrong[] = [];
    const canonical = forms[type as keyof typeof forms](value, wrong);

    return wrong[0] ? { rule: wrong[0].rule } : { value: canonical };
  }
  const meant = asCalledNow(column, value);
  const rule = ruleOf(column, meant);

  return rule === undefined ? { value: meant } : { rule };
}

/** An option that was renamed is understood under its former names, too. */
function asCalledNow({ definition }: Column, value: unknown): unknown {
  if (definition.type !== "choice" || typeof value !== "string" || definition.of.includes(value)) return value;
  const { renamed = {} } = definition;

  return Object.hasOwn(renamed, value) ? renamed[value] : value;
}

function ruleOf({ type, storage, definition }: Column, value: unknown): Fault["rule"] | undefined {
  if (type === "boolean") return typeof value === "boolean" ? undefined : "must be true or false";
  if (type === "integer") return Number.isSafeInteger(value) ? undefined : "must be an integer";
  if (storage === "REAL") return Number.isFinite(value) ? undefined : "must be a number";
  if (typeof value !== "string") return "must be text";
  if (definition.type !== "choice" || definition.of.includes(value)) return undefined;

  return `"${value.slice(0, 100)}" is none of its options. ${suggestion(value, definition.of)}`;
}
