import type { Fields } from "../protocol/field.ts";

/** Makes data that a description of fields describes into something else. Never changes what it is given. */
export type Rewrite = (data: unknown) => unknown;

/** The values that are being compiled further up: one that may contain others of its kind meets itself there. */
export type Above = Map<Fields, { made?: Rewrite }>;

/** Compiles a description of fields that may contain itself; undefined where there is nothing to do. */
export function compileOnce(fields: Fields, above: Above, compile: () => Rewrite | undefined): Rewrite | undefined {
  const itself = above.get(fields);
  if (itself !== undefined) return (data) => itself.made?.(data) ?? data;

  const compiling: { made?: Rewrite } = {};
  above.set(fields, compiling);
  const made = compile();
  above.delete(fields);
  if (made !== undefined) compiling.made = made;
  return made;
}
