import type { Domain } from "../model/domain.ts";
import type { Field } from "../model/field.ts";
import { fullName } from "../model/names.ts";
import { withoutOptional } from "../model/types/fit.ts";
import type { Type } from "../model/types/type.ts";
import type { Values } from "./verdict.ts";

/** How a value is written in the model. `names` are ids that a scenario has names for. */
export function valueText(value: unknown, type: Type | undefined, domain: Domain, names: ReadonlySet<string> = new Set()): string {
  if (value === null || value === undefined) return "none";
  const inner = type && withoutOptional(type);
  const again = (part: unknown, of: Type | undefined) => valueText(part, of, domain, names);
  switch (inner?.kind) {
    case "decimal":
    case "date":
    case "choice":
      return String(value);
    case "duration":
      return durationText(String(value));
    case "reference":
    case "id":
      return names.has(String(value)) ? String(value) : quoted(String(value));
    case "list":
      return `[${(value as readonly unknown[]).map((item) => again(item, inner.of)).join(", ")}]`;
    case "map":
      return Object.keys(value).length === 0 ? "[]" : JSON.stringify(value);
    case "value": {
      const fields = fieldsOfValue(fullName(inner.value), domain);
      return `${inner.value.name}(${valuesText(value as Values, fields, domain, names)})`;
    }
    default:
      return typeof value === "string" ? quoted(value) : typeof value === "number" ? numberText(value) : JSON.stringify(value);
  }
}

/** `text = "hey", likes = 2`, in the order of the fields. */
export function valuesText(
  values: Values,
  fields: readonly Pick<Field, "name" | "type">[],
  domain: Domain,
  names?: ReadonlySet<string>,
): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${valueText(value, fields.find((field) => field.name === name)?.type, domain, names)}`)
    .join(", ");
}

const fieldsOfValue = (name: string, { values }: Domain): readonly Field[] =>
  values.find((value) => fullName(value) === name)?.fields ?? [];

export const quoted = (text: string) =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;

/** Digits only: the language has no powers of ten. */
const numberText = (value: number) =>
  /e/.test(String(value)) ? value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 }) : String(value);

const units = [
  ["days", 86_400],
  ["hours", 3_600],
  ["minutes", 60],
] as const;

/** `P1DT1H` is written as 25 hours. */
export function durationText(iso: string): string {
  const [, sign = "", weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^(-?)P(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(iso) ?? [];
  const total = (((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const [unit, length] = units.find(([, length]) => total > 0 && total % length === 0) ?? ["seconds", 1];
  return `${sign}${total / length} ${unit}`;
}
