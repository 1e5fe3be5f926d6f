import type { Expression } from "../../model/expression.ts";
import type { Field } from "../../model/field.ts";
import { notEmitted } from "../not-emitted.ts";
import type { Json } from "./json.ts";

/** A constant of the model in its wire form; `of` are the fields that its values have. */
export function constantJson(expression: Expression, fieldsOf: (value: Expression) => readonly Field[]): Json {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "option":
      return expression.option;
    case "negate":
      return negative(constantJson(expression.operand, fieldsOf));
    case "convert":
      return String(constantJson(expression.operand, fieldsOf));
    case "list":
      return expression.type.kind === "map" ? {} : expression.items.map((item) => constantJson(item, fieldsOf));
    case "construct": {
      const given = new Map(expression.fields.map(({ field, value }) => [field, value]));
      const members = fieldsOf(expression).map(({ name, default: initially }) => {
        const value = given.get(name) ?? initially;
        return [name, value === undefined ? null : constantJson(value, fieldsOf)] as const;
      });
      return Object.fromEntries(members);
    }
    default:
      return notEmitted(`"${expression.kind}" in a constant`);
  }
}

/** Decimals, and lengths of time, are texts. */
const negative = (value: Json): Json => (typeof value === "number" ? -value : `-${String(value)}`);
