import type { Domain } from "../../model/domain.ts";
import { apiMark, type EmittedFile } from "../emitted-file.ts";
import { fileOf } from "../header.ts";
import { aggregatePath, historyOperation, pictureOperation } from "./aggregate-path.ts";
import { commandOperation, commandPath } from "./command-path.ts";
import { anyEvent } from "./event-schema.ts";
import { layOutJson, type Json } from "./json.ts";
import { listOperation, listPath, queryOperation, queryPath } from "./list-path.ts";
import { parametersNamed } from "./parameters.ts";
import { generalResponses } from "./problems.ts";
import { Schemas, type Schema } from "./schema.ts";

/** `api/openapi.json`: what the application answers over HTTP, for whoever has no SDK of ours. */
export function emitOpenApi(domain: Domain): EmittedFile {
  return { path: "api/openapi.json", text: layOutJson(openApi(domain)), ownership: "generated" };
}

export function openApi(domain: Domain): Json {
  const schemas = new Schemas(domain);
  const aggregates = domain.contexts.flatMap((context) => context.aggregates);
  const commands = aggregates.flatMap((aggregate) =>
    aggregate.commands.map(
      (command) => [commandPath(aggregate, command), { post: commandOperation(aggregate, command, schemas) }] as const,
    ),
  );
  const lists = domain.lists.flatMap((list) => [
    [listPath(list), { get: listOperation(list, schemas) }] as const,
    ...list.queries.map((query) => [queryPath(list, query), { get: queryOperation(list, query, schemas) }] as const),
  ]);
  const pictures = aggregates.flatMap((aggregate) => [
    [aggregatePath(aggregate), { get: pictureOperation(aggregate, schemas) }] as const,
    [`${aggregatePath(aggregate)}/history`, { get: historyOperation(aggregate, schemas) }] as const,
  ]);
  const events = [["/api/events", { get: eventsOperation(domain, schemas) }] as const];
  return {
    "x-generated": `${apiMark}${fileOf(domain.place)}.`,
    openapi: "3.1.0",
    info: aboutApi(domain),
    servers: [{ url: "/" }],
    tags: tagsOf(domain),
    security: [{}, { token: [] }],
    paths: Object.fromEntries([...commands, ...pictures, ...lists, ...events, ...about(schemas)]),
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "A token of OpenID Connect." } },
      parameters: schemas.components.of("parameters"),
      responses: schemas.components.of("responses"),
      schemas: schemas.components.of("schemas"),
    },
  };
}

export const aboutApi = ({ name, description }: Domain): { readonly [key: string]: Json } => ({
  title: name,
  version: "1",
  description: `${description === undefined ? "" : `${description}\n\n`}${conventions}`,
});

const conventions =
  "Texts hold neither the character NUL nor halves of characters; days and instants are those of the calendar, decimals have at most 34 digits. What a schema cannot say is answered as a problem that names the field and the rule.";

const tagsOf = ({ contexts, lists }: Domain): Json => [
  ...contexts.map(({ name, description }) => ({ name, description: description ?? `The commands of ${name}.` })),
  ...(lists.length === 0 ? [] : [{ name: "lists", description: "What there is to see." }]),
  { name: "events", description: "What has happened." },
  { name: "application", description: "About the application itself." },
];

function eventsOperation({ contexts }: Domain, schemas: Schemas): Json {
  const aggregates = contexts.flatMap((context) => context.aggregates);
  const event = anyEvent(aggregates, schemas);
  const filters = { context: "this context", aggregate: "aggregates of this kind", aggregateId: "this aggregate", name: "this name" };
  return {
    operationId: "events",
    summary: "Follow the events",
    description: "A stream: `started` with a position, then an `event` for each that the user may see. The schema is of their data.",
    tags: ["events"],
    parameters: [
      ...Object.entries(filters).map(([name, what]) => ({
        ...{ name, in: "query", description: `Only events of ${what}.` },
        schema: { type: "string", maxLength: 300 },
      })),
      ...parametersNamed(schemas, "After"),
      { name: "Last-Event-ID", in: "header", description: "Where a stream that was lost goes on.", schema: { type: "string" } },
    ],
    responses: {
      "200": {
        description: "The events, as they happen.",
        content: { "text/event-stream": { schema: event === undefined ? started : { anyOf: [started, event] } } },
      },
      ...generalResponses(schemas, "400", "401", "429", "500", "503"),
    },
  };
}

/** What a stream of events begins with. */
export const started: Schema = { type: "object", required: ["position"], properties: { position: { type: "integer" } } };

function about(schemas: Schemas): readonly (readonly [string, Json])[] {
  const answers = (operationId: string, summary: string, description: string, more: { readonly [status: string]: Json } = {}): Json => ({
    get: {
      operationId,
      summary,
      tags: ["application"],
      security: [],
      responses: {
        "200": { description, content: { "application/json": { schema: { type: "object" } } } },
        ...more,
        ...generalResponses(schemas, "429", "500"),
      },
    },
  });
  return [
    ["/api/model", answers("application.model", "What there is to do and to see", "Commands, events and lists by name.")],
    ["/api/openapi.json", answers("application.openapi", "This document", "OpenAPI 3.1.")],
    ["/api/asyncapi.json", answers("application.asyncapi", "What comes over the WebSocket", "AsyncAPI 3.")],
    ["/health/live", answers("application.live", "Whether the process answers", "It does.")],
    ["/health/ready", answers("application.ready", "Whether the application can do its work", "It can.", unready)],
  ];
}

const unready = { "503": { description: "What it cannot do is named.", content: { "application/json": { schema: { type: "object" } } } } };
