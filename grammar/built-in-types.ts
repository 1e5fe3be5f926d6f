/** The types that the language has by itself; nothing of a model may have such a name where a type could be meant. */
export const builtInTypes = [
  "text",
  "boolean",
  "integer",
  "number",
  "decimal",
  "timestamp",
  "date",
  "duration",
  "id",
  "email",
  "url",
  "json",
] as const;

export type BuiltInType = (typeof builtInTypes)[number];

export const isBuiltInType = (name: string): name is BuiltInType => (builtInTypes as readonly string[]).includes(name);
