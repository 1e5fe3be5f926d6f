import type { Aggregate } from "../../model/aggregate.ts";
import { pascal } from "../typescript/names.ts";
import { securityOf, spelledOut } from "./command-path.ts";
import { anyEvent } from "./event-schema.ts";
import type { Json } from "./json.ts";
import { parametersNamed } from "./parameters.ts";
import { generalResponses, problemResponse } from "./problems.ts";
import { id, nullable, type Schema, type Schemas } from "./schema.ts";

export const aggregatePath = ({ context, name }: Aggregate): string => `/api/aggregates/${context}/${name}/{id}`;

/** `GET /api/aggregates/CONTEXT/AGGREGATE/{id}`: as it is, or as it was. */
export function pictureOperation(aggregate: Aggregate, schemas: Schemas): Json {
  const { context, name } = aggregate;
  const at = {
    name: "at",
    in: "query",
    description: "After so many events, or at a time; now, where it is missing.",
    schema: { type: "string" },
  };
  return operationOf(
    aggregate,
    `${context}.${name}`,
    `A ${spelledOut(name)} as it is, or as it was`,
    at,
    pictureSchema(aggregate, schemas),
    schemas,
  );
}

/** `GET /api/aggregates/CONTEXT/AGGREGATE/{id}/history`: how it became so. */
export function historyOperation(aggregate: Aggregate, schemas: Schemas): Json {
  const { context, name } = aggregate;
  const after = { name: "after", in: "query", description: "Only events after this revision.", schema: { type: "integer", minimum: 0 } };
  const items = anyEvent([aggregate], schemas) ?? {};
  const history = { type: "object", required: ["events"], properties: { events: { type: "array", items } } };
  return operationOf(aggregate, `${context}.${name}.history`, `What has happened to a ${spelledOut(name)}`, after, history, schemas);
}

function operationOf(
  { context, events }: Aggregate,
  operationId: string,
  summary: string,
  parameter: Json,
  schema: Schema,
  schemas: Schemas,
): Json {
  return {
    operationId,
    summary,
    tags: [context],
    security: securityOf(events.flatMap(({ allows }) => allows)),
    parameters: [...parametersNamed(schemas, "AggregateId"), parameter],
    responses: {
      "200": { description: "For whoever may see what has happened to it.", content: { "application/json": { schema } } },
      ...generalResponses(schemas, "400", "401", "403"),
      "404": problemResponse(schemas, ["not-found", "does-not-exist"], "There was no such thing then."),
      ...generalResponses(schemas, "429", "500", "503"),
    },
  };
}

const pictureSchema = (aggregate: Aggregate, schemas: Schemas): Schema =>
  schemas.component(`picture ${aggregate.context}.${aggregate.name}`, pascal(aggregate.name), () => ({
    ...(aggregate.description === undefined ? {} : { description: aggregate.description }),
    type: "object",
    required: ["id", "state", "revision", "hasEnded", "owner", "since"],
    properties: {
      id,
      state: schemas.object(aggregate.state, "out"),
      revision: { type: "integer" },
      hasEnded: { type: "boolean" },
      owner: nullable(id),
      since: { ...schemas.type({ kind: "timestamp" }, "out"), description: "When it became so." },
    },
  }));
