import type { Reference } from "./components.ts";
import type { Json } from "./json.ts";
import { id, type Schema, type Schemas } from "./schema.ts";

/** References to parameters that requests have in common. */
export const parametersNamed = (schemas: Schemas, ...names: readonly (keyof typeof parameters)[]): readonly Reference[] =>
  names.map((name) =>
    schemas.components.refer(
      "parameters",
      name,
      () => name,
      () => parameters[name],
    ),
  );

const parameter = (name: string, place: string, description: string, schema: Schema, more: Schema = {}): Json => ({
  ...{ name, in: place, ...more, description },
  schema,
});

const parameters = {
  AggregateId: parameter("id", "path", "The aggregate's id; for a new one, a new id.", id, { required: true }),
  IdempotencyKey: parameter(
    "Idempotency-Key",
    "header",
    "The command's id: sent twice under the same one, it takes effect once and has the same answer.",
    { type: "string", minLength: 1, maxLength: 200 },
  ),
  Prefer: parameter("Prefer", "header", "Not to wait until the command is carried out.", { type: "string", enum: ["respond-async"] }),
  Take: parameter("take", "query", "At most so many rows.", { type: "integer", minimum: 1, maximum: 1000, default: 100 }),
  Skip: parameter("skip", "query", "Leaves out so many rows.", { type: "integer", minimum: 0, maximum: 1_000_000, default: 0 }),
  Cursor: parameter("cursor", "query", "As an answer to the same question gave it: goes on where that one ended.", { type: "string" }),
  Count: parameter("count", "query", "How many rows there are, and not which.", { type: "boolean", default: false }),
  After: parameter("after", "query", "A position of the log. A list answers as of one that is not before it; events begin behind it.", {
    type: "integer",
    minimum: 0,
  }),
} satisfies { readonly [name: string]: Json };
