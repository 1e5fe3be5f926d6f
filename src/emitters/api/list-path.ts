import type { Field } from "../../model/field.ts";
import type { List } from "../../model/list.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import type { Type } from "../../model/types/type.ts";
import { pascal } from "../typescript/names.ts";
import { securityOf } from "./command-path.ts";
import type { Json } from "./json.ts";
import { generalResponses, problemResponse } from "./problems.ts";
import { id, nullable, type Schema, type Schemas } from "./schema.ts";

export const listPath = ({ name }: List): string => `/api/lists/${name}`;

/** `GET /api/lists/LIST`: reads; observes where the client accepts an event stream. */
export function listOperation(list: List, schemas: Schemas): Json {
  const row = rowSchema(list, schemas);
  return {
    operationId: `lists.${list.name}`,
    summary: list.description ?? `Read ${list.name}, or observe it`,
    description: "With `Accept: text/event-stream` the list is observed: a stream of what asyncapi.json says about this address.",
    tags: ["lists"],
    security: securityOf(list.allows),
    parameters: [
      inJson("where", conditionSchema(list, schemas), "Which rows. Fields are joined by `and`; a plain value means `is`."),
      inJson("orderBy", orderSchema(list), "In which order."),
      ...["Take", "Skip", "After"].map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ],
    responses: {
      "200": { description: "The rows.", content: { "application/json": { schema: answerSchema(row) } } },
      ...generalResponses(["400", "401", "403"]),
      "404": problemResponse(schemas, ["unknown-list"], "There is no such list."),
      ...generalResponses(["429", "500", "503"]),
    },
  };
}

export const rowSchema = (list: List, schemas: Schemas): Schema =>
  schemas.component(`row ${list.name}`, `${pascal(list.name)}Row`, () => ({
    ...(list.description === undefined ? {} : { description: list.description }),
    ...schemas.object(list.fields, "out", { id }),
  }));

export const answerSchema = (row: Schema): Schema => ({
  type: "object",
  required: ["rows", "position"],
  properties: {
    rows: { type: "array", items: row },
    position: { type: "integer", description: "The log's position that the answer is of." },
  },
});

/** From one answer to the next: take out what is removed, then put each row at its index. */
export const changesSchema = (row: Schema): Schema => ({
  type: "object",
  required: ["removed", "put"],
  properties: {
    removed: { type: "array", items: id },
    put: {
      type: "array",
      items: { type: "object", required: ["index", "row"], properties: { index: { type: "integer", minimum: 0 }, row } },
    },
  },
});

/** What is told of a list that is observed: from one position to another. */
export const observedSchema = (row: Schema): Schema => ({
  type: "object",
  required: ["changes", "from", "to"],
  properties: { changes: changesSchema(row), from: { type: "integer" }, to: { type: "integer" } },
});

const inJson = (name: string, schema: Schema, description: string): Json => ({
  name,
  in: "query",
  description,
  content: { "application/json": { schema } },
});

const orderSchema = ({ fields }: List): Schema => ({
  type: "object",
  properties: Object.fromEntries(
    [{ name: "id" }, ...fields.filter(({ type }) => !hasParts(type))].map(({ name }) => [
      name,
      { type: "string", enum: ["ascending", "descending"] },
    ]),
  ),
  additionalProperties: false,
});

/** A condition on the rows of a list. */
export function conditionSchema(list: List, schemas: Schemas): Schema {
  const itself = (): Schema => conditionSchema(list, schemas);
  return schemas.component(`condition ${list.name}`, `${pascal(list.name)}Condition`, () => ({
    type: "object",
    properties: {
      id: comparisonOf({ kind: "id" }, schemas),
      ...Object.fromEntries(list.fields.map(({ name, type }: Field) => [name, comparisonOf(type, schemas)])),
      and: { type: "array", items: itself() },
      or: { type: "array", items: itself() },
      not: itself(),
    },
    additionalProperties: false,
  }));
}

const structured = new Set<Type["kind"]>(["json", "value", "list", "map"]);
const hasParts = (type: Type): boolean => structured.has(withoutOptional(type).kind);

function comparisonOf(type: Type, schemas: Schemas): Schema {
  const { kind } = withoutOptional(type);
  if (kind === "list")
    return comparison("List", { type: "null" }, { contains: { type: ["string", "number", "boolean", "null"] } }, schemas);
  if (hasParts(type)) return comparison("Presence", { type: "null" }, {}, schemas);
  if (kind === "boolean") return comparison("Boolean", { type: "boolean" }, { in: listOf({ type: "boolean" }) }, schemas);
  if (kind === "integer") return comparison("Integer", { type: "integer" }, ordered({ type: "integer" }), schemas);
  if (kind === "number") return comparison("Number", { type: "number" }, ordered({ type: "number" }), schemas);
  const text: Schema = { type: "string" };
  return comparison("Text", text, { ...ordered(text), contains: text, startsWith: text }, schemas);
}

const listOf = (item: Schema): Schema => ({ type: "array", items: nullable(item), maxItems: 200 });

const ordered = (value: Schema): { readonly [operator: string]: Schema } => ({
  lessThan: value,
  atMost: value,
  moreThan: value,
  atLeast: value,
  in: listOf(value),
});

const comparison = (name: string, value: Schema, operators: { readonly [operator: string]: Schema }, schemas: Schemas): Schema =>
  schemas.component(`comparison ${name}`, `${name}Comparison`, () => ({
    anyOf: [
      nullable(value),
      { type: "object", properties: { is: nullable(value), isNot: nullable(value), ...operators }, additionalProperties: false },
    ],
  }));
