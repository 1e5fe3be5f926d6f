import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import { modelSchema } from "../../src/model/dump.ts";

type Schema = { readonly [key: string]: unknown };

const root = join(import.meta.dirname, "../..");

/** The JSON Schema of what `wkgen model` prints, from the types of the model. Places are left out there, and so they are here. */
export function modelSchemaFromTypes(): Schema {
  const { definitions = {} } = createGenerator({
    path: join(root, "src/model/domain.ts"),
    tsconfig: join(root, "tsconfig.json"),
    type: "Domain",
    jsDoc: "basic",
    skipTypeCheck: true,
  }).createSchema("Domain");
  const { Domain, Place: _place, Span: _span, ...others } = withoutPlaces(definitions) as { readonly [name: string]: Schema };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: modelSchema,
    title: "The checked model of a domain, as wkgen model prints it",
    ...withHead(Domain ?? {}),
    $defs: others,
  };
}

const head = { $schema: { type: "string", const: modelSchema }, version: { type: "number", const: 1 } };

const withHead = (domain: Schema): Schema => ({
  ...domain,
  properties: { ...head, ...(domain.properties as object) },
  required: [...Object.keys(head), ...(domain.required as readonly string[])],
});

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== "place" && item !== "span").map(withoutPlaces);
  if (typeof value === "string") return value.replace("#/definitions/", "#/$defs/");
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== "place" && key !== "span");
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutPlaces(inner)]));
}
