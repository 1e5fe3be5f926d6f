import type { Aggregate } from "../../model/aggregate.ts";
import type { Event } from "../../model/event.ts";
import { pascal } from "../typescript/names.ts";
import { id, nullable, oneOf, type Schema, type Schemas } from "./schema.ts";

/** An event as the API shows it: what happened, to what, when, and because of what. */
export const eventSchema = (aggregate: Aggregate, event: Event, schemas: Schemas): Schema =>
  schemas.component(`event ${aggregate.context}.${aggregate.name}.${event.name}`, `${pascal(aggregate.name)}${pascal(event.name)}`, () => ({
    ...(event.description === undefined ? {} : { description: event.description }),
    ...(event.retired ? { deprecated: true } : {}),
    allOf: [
      envelope(schemas),
      {
        type: "object",
        required: ["data"],
        properties: {
          context: named(aggregate.context),
          aggregate: named(aggregate.name),
          name: { const: event.name },
          data: schemas.object(event.fields, "out"),
        },
      },
    ],
  }));

const named = (name: string): Schema => ({ type: "object", properties: { name: { const: name } } });

/** What every event has. */
const envelope = (schemas: Schemas): Schema =>
  schemas.component("event", "Event", () => ({
    type: "object",
    required: ["id", "context", "aggregate", "name", "user", "metadata"],
    properties: {
      id,
      context: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      aggregate: { type: "object", required: ["name", "id"], properties: { name: { type: "string" }, id } },
      name: { type: "string" },
      user: { type: "object", required: ["id"], properties: { id: nullable(id) } },
      metadata: metadata(schemas),
    },
  }));

const metadata = (schemas: Schemas): Schema =>
  schemas.component("metadata", "Metadata", () => ({
    type: "object",
    required: ["timestamp", "position", "revision", "version", "commandId", "correlationId", "causationId"],
    properties: {
      timestamp: schemas.type({ kind: "timestamp" }, "out"),
      position: { type: "integer", description: "The place in the whole log, from 1, without gaps." },
      revision: { type: "integer", description: "The place in the aggregate's own history, from 1, without gaps." },
      version: { type: "integer", description: "Which shape of the event the data have." },
      commandId: id,
      correlationId: id,
      causationId: id,
    },
  }));

/** Any event that the model has. Undefined where it has none. */
export function anyEvent(aggregates: readonly Aggregate[], schemas: Schemas): Schema | undefined {
  const events = aggregates.flatMap((aggregate) => aggregate.events.map((event) => eventSchema(aggregate, event, schemas)));
  return events.length === 0 ? undefined : oneOf(events);
}
