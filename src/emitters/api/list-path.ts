import type { Field } from "../../model/field.ts";
import type { List, Query } from "../../model/list.ts";
import { fullName } from "../../model/names.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import type { Type } from "../../model/types/type.ts";
import { pascal } from "../typescript/names.ts";
import { securityOf, spelledOut } from "./command-path.ts";
import type { Json } from "./json.ts";
import { parametersNamed } from "./parameters.ts";
import { generalResponses, problemResponse } from "./problems.ts";
import { id, mayBeLeftOut, nullable, type Schema, type Schemas } from "./schema.ts";

export const listPath = ({ name }: List): string => `/api/lists/${name}`;

/** `GET /api/lists/LIST`: reads or counts; observes where the client accepts an event stream. */
export function listOperation(list: List, schemas: Schemas): Json {
  const parameters = [
    inJson("where", conditionSchema(list, schemas), "Which rows. Fields are joined by `and`; a plain value means `is`."),
    inJson("orderBy", orderSchema(list), "In which order."),
    ...parametersNamed(schemas, "Take", "Skip"),
  ];
  return operationOf(list, `lists.${list.name}`, list.description ?? `Read ${list.name}, or observe it`, parameters, schemas);
}

export const queryPath = (list: List, query: Query): string => `${listPath(list)}/${query.name}`;

/** `GET /api/lists/LIST/QUERY`: the same for a question that has a name. */
export function queryOperation(list: List, query: Query, schemas: Schemas): Json {
  const parameters = query.parameters.map((field) => parameterOf(field, schemas));
  return operationOf(
    list,
    `lists.${list.name}.${query.name}`,
    query.description ?? `Read ${spelledOut(query.name)} of ${list.name}`,
    parameters,
    schemas,
  );
}

function operationOf(list: List, operationId: string, summary: string, parameters: readonly Json[], schemas: Schemas): Json {
  return {
    operationId,
    summary,
    description: "With `Accept: text/event-stream` it is observed: a stream of what asyncapi.json says about the list.",
    tags: ["lists"],
    security: securityOf(list.allows),
    parameters: [...parameters, ...parametersNamed(schemas, "Cursor", "Count", "After")],
    responses: {
      "200": {
        description: "The rows, or how many there are.",
        content: { "application/json": { schema: answerSchema(rowSchema(list, schemas)) } },
      },
      ...generalResponses(schemas, "400", "401", "403"),
      "404": problemResponse(schemas, ["unknown-list", "not-found"], "There is no such list, or no such query of it."),
      ...generalResponses(schemas, "429", "500", "503"),
    },
  };
}

const asText = new Set<Type["kind"]>(["text", "decimal", "timestamp", "date", "duration", "id", "email", "url", "reference", "choice"]);

/** What is text on the wire stands in the address as it is, everything else as JSON. */
function parameterOf(field: Field, schemas: Schemas): Json {
  const { name, type, description = `The ${spelledOut(name)}.` } = field;
  const schema = schemas.type(withoutOptional(type), "out");
  const head = { name, in: "query", description, ...(mayBeLeftOut(field) ? {} : { required: true }) };
  return asText.has(withoutOptional(type).kind) ? { ...head, schema } : { ...head, content: { "application/json": { schema } } };
}

export const rowSchema = (list: List, schemas: Schemas): Schema =>
  schemas.component(`row ${list.name}`, `${pascal(list.name)}Row`, () => ({
    ...(list.description === undefined ? {} : { description: list.description }),
    ...schemas.object(list.fields, "out", { id }),
  }));

export const answerSchema = (row: Schema): Schema => ({
  type: "object",
  required: ["position"],
  properties: {
    rows: { type: "array", items: row },
    count: { type: "integer", description: "In the place of the rows, where they are counted." },
    position: { type: "integer", description: "The log's position that the answer is of." },
    cursor: { type: "string", description: "Where the next page begins, where there is one." },
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

/** What is told of a list that is observed, at first, and in the place of everything where too much was missed. */
export const pictureSchema = (row: Schema): Schema => ({
  type: "object",
  required: ["rows", "position"],
  properties: { rows: { type: "array", items: row }, position: { type: "integer" }, reset: { const: true } },
});

/** What is told of it then: from one position to another. */
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

function comparisonOf(field: Type, schemas: Schemas): Schema {
  const type = withoutOptional(field);
  if (type.kind === "list")
    return comparison("List", { type: "null" }, { contains: { type: ["string", "number", "boolean", "null"] } }, schemas);
  if (hasParts(type)) return comparison("Presence", { type: "null" }, {}, schemas);
  if (type.kind === "choice") return comparison(pascal(type.choice.name), schemas.type(type, "out"), {}, schemas, fullName(type.choice));
  if (type.kind === "boolean") return comparison("Boolean", { type: "boolean" }, {}, schemas);
  const value: Schema = { type: type.kind === "integer" || type.kind === "number" ? type.kind : "string" };
  const order = { lessThan: value, atMost: value, moreThan: value, atLeast: value };
  if (value["type"] !== "string") return comparison(pascal(type.kind), value, order, schemas);
  if (type.kind === "decimal") return comparison("Decimal", value, order, schemas);
  return comparison("Text", value, { ...order, contains: value, startsWith: value }, schemas);
}

function comparison(
  name: string,
  value: Schema,
  operators: { readonly [operator: string]: Schema },
  schemas: Schemas,
  key: string = name,
): Schema {
  const isOr = nullable(value);
  const all = { is: isOr, isNot: isOr, in: { type: "array", items: isOr, maxItems: 200 }, ...operators };
  return schemas.component(`comparison ${key}`, `${name}Comparison`, () => ({
    anyOf: [isOr, { type: "object", properties: all, additionalProperties: false }],
  }));
}
