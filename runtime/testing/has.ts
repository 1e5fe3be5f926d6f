import { content } from "../protocol/calculation/content.ts";
import type { Fields } from "../protocol/field.ts";
import { validator } from "../protocol/validation/validate.ts";
import type { Values } from "./story.ts";

/** Whether what was found has what is claimed, in the fields that the claim names. */
export function has(found: Values, claimed: Values): boolean {
  return Object.entries(claimed).every(([field, value]) => content.isSame(found[field] ?? null, value ?? null));
}

/** Values in the form in which they are kept, as far as they can be: `10.50` is `10.5`. */
export function normal(fields: Fields, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = fields[name];
      if (field === undefined) return [name, value];
      const validated = validator({ [name]: { ...field, optional: true } }, name)({ [name]: value });
      return [name, validated.ok ? validated.data[name] : value];
    }),
  );
}
