import type { Aggregate } from "../../model/aggregate.ts";
import type { Domain } from "../../model/domain.ts";
import type { List } from "../../model/list.ts";
import { apiMark, type EmittedFile } from "../emitted-file.ts";
import { fileOf } from "../header.ts";
import { pascal } from "../typescript/names.ts";
import { handledSchema, spelledOut } from "./command-path.ts";
import { anyEvent } from "./event-schema.ts";
import { layOutJson, type Json } from "./json.ts";
import { changesSchema, conditionSchema, listPath, observedSchema, pictureSchema, rowSchema } from "./list-path.ts";
import { aboutApi, started } from "./openapi.ts";
import { problemSchema } from "./problems.ts";
import { id, Schemas, type Schema } from "./schema.ts";

/** `api/asyncapi.json`: what goes over the WebSocket, and what comes. */
export function emitAsyncApi(domain: Domain): EmittedFile {
  return { path: "api/asyncapi.json", text: layOutJson(asyncApi(domain)), ownership: "generated" };
}

export function asyncApi(domain: Domain): Json {
  const schemas = new Schemas(domain);
  const asked = askedMessages(domain, schemas);
  const told = toldMessages(domain, schemas);
  const streams = [...domain.lists.map((list) => listStream(list, schemas)), eventStream(domain, schemas)];
  return {
    "x-generated": `${apiMark}${fileOf(domain.place)}.`,
    asyncapi: "3.1.0",
    info: { ...aboutApi(domain), tags: [{ name: domain.name }] },
    defaultContentType: "application/json",
    servers: {
      application: { host: "localhost:3000", protocol: "wss", description: "Where the application runs." },
      streams: { host: "localhost:3000", protocol: "https", description: "The same, for server-sent events." },
    },
    channels: {
      socket: {
        address: "/api/socket",
        description: "One WebSocket for everything: `id` ties what is told to what was asked.",
        servers: [{ $ref: "#/servers/application" }],
        messages: references([...asked, ...told]),
      },
      ...Object.fromEntries(streams.map(({ name, channel }) => [name, channel])),
    },
    operations: {
      ask: operation("receive", "What clients may ask.", "socket", asked),
      tell: operation("send", "What the application tells.", "socket", told),
      ...Object.fromEntries(streams.map(({ name, summary, messages }) => [name, operation("send", summary, name, messages)])),
    },
    components: {
      messages: Object.fromEntries(
        [...asked, ...told, ...streams.flatMap(({ messages }) => messages)].map(({ name, message }) => [name, message]),
      ),
      schemas: schemas.components.of("schemas"),
    },
  };
}

interface Named {
  readonly name: string;
  readonly message: Json;
}

const references = (messages: readonly Named[]): Json =>
  Object.fromEntries(messages.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]));

const operation = (action: "receive" | "send", summary: string, channel: string, messages: readonly Named[]): Json => ({
  action,
  summary,
  channel: { $ref: `#/channels/${channel}` },
  messages: messages.map(({ name }) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
});

/** Server-sent events at an address: the name of each is that of its message's title. */
interface Stream {
  readonly name: string;
  readonly summary: string;
  readonly messages: readonly Named[];
  readonly channel: Json;
}

function stream(name: string, address: string, summary: string, messages: readonly Named[]): Stream {
  const description = "Server-sent events, for whoever accepts `text/event-stream`; the title of a message is the name of its event.";
  const channel = { address, description, servers: [{ $ref: "#/servers/streams" }], messages: references(messages) };
  return { name, summary, messages, channel };
}

const sent = (name: string, title: string, summary: string, payload: Schema): Named => ({
  name,
  message: { name, title, summary, payload },
});

function listStream(list: List, schemas: Schemas): Stream {
  const row = rowSchema(list, schemas);
  const name = `${list.name}Stream`;
  return stream(name, listPath(list), `Observe ${list.name}.`, [
    sent(`${name}Rows`, "rows", "All rows, at first and whenever they come anew.", pictureSchema(row)),
    sent(`${name}Changes`, "changes", "What is different since.", observedSchema(row)),
    sent(`${name}Problem`, "problem", "Why it ends.", problemSchema(schemas)),
  ]);
}

function eventStream({ contexts }: Domain, schemas: Schemas): Stream {
  const event = anyEvent(
    contexts.flatMap((context) => context.aggregates),
    schemas,
  );
  return stream("eventStream", "/api/events", "Follow the events.", [
    sent("eventStreamStarted", "started", "Events after this position will follow.", started),
    ...(event === undefined ? [] : [sent("eventStreamEvent", "event", "Something happened.", event)]),
    sent("eventStreamProblem", "problem", "Why it ends.", problemSchema(schemas)),
  ]);
}

const fixed = (value: string): Schema => ({ type: "string", const: value });

/** A frame: its type, the id that it has to do with, and what else it holds. */
function frame(
  name: string,
  type: string,
  summary: string,
  members: { readonly [name: string]: Schema },
  optional: readonly string[] = [],
): Named {
  const required = ["type", "id", ...Object.keys(members).filter((member) => !optional.includes(member))];
  const properties = { type: fixed(type), id: { type: "string", maxLength: 300 }, ...members };
  return { name, message: { name, summary, payload: { type: "object", required, properties } } };
}

const position: Schema = { type: "integer", minimum: 0 };

function askedMessages({ contexts, lists }: Domain, schemas: Schemas): readonly Named[] {
  const aggregates = contexts.flatMap((context) => context.aggregates);
  return [
    ...aggregates.flatMap((aggregate) => commandMessages(aggregate, schemas)),
    ...lists.flatMap((list) => queryMessages(list, schemas)),
    frame("events", "events", "Follow the events; answered by `started`, then by an `event` for each.", { filter: eventFilter }),
    frame("cancel", "cancel", "End what was begun under this id.", {}),
    frame("ping", "ping", "Answered by `pong`.", {}),
    frame("authenticate", "authenticate", "Who asks from now on, by a token; null for nobody.", { token: { type: ["string", "null"] } }),
  ];
}

function commandMessages({ context, name, commands }: Aggregate, schemas: Schemas): readonly Named[] {
  return commands.map((command) => {
    const data = schemas.object(command.fields, "in");
    const members = { id, context: fixed(context), aggregate: fixed(name), aggregateId: id, name: fixed(command.name), data };
    return frame(
      `${context}.${name}.${command.name}`,
      "command",
      command.description ?? `${spelledOut(command.name)} ${spelledOut(name)}`,
      {
        command: { type: "object", required: Object.keys(members), properties: members },
      },
    );
  });
}

function queryMessages(list: List, schemas: Schemas): readonly Named[] {
  const cursor: Schema = { type: "string" };
  const free: Schema = {
    type: "object",
    properties: {
      where: conditionSchema(list, schemas),
      orderBy: { type: "object", additionalProperties: { type: "string", enum: ["ascending", "descending"] } },
      take: { type: "integer", minimum: 1, maximum: 1000 },
      skip: { type: "integer", minimum: 0, maximum: 1_000_000 },
      cursor,
    },
    additionalProperties: false,
  };
  const asked = list.queries.map(({ name, parameters }) => ({
    suffix: pascal(name),
    of: `${spelledOut(name)} of ${list.name}`,
    members: {
      named: fixed(name),
      query: { type: "object", required: ["parameters"], properties: { parameters: schemas.object(parameters, "in"), cursor } } as Schema,
    },
  }));
  return [{ suffix: "", of: list.name, members: { query: free } }, ...asked].flatMap(({ suffix, of, members }) => {
    const all = { list: fixed(list.name), ...members, after: position };
    const named = (word: string) => `${word}${pascal(list.name)}${suffix}`;
    return [
      frame(named("read"), "read", `Read ${of}; answered by \`rows\`.`, all, ["after"]),
      frame(named("count"), "count", `How many rows there are of ${of}; answered by \`count\`.`, all, ["after"]),
      frame(named("observe"), "observe", `Observe ${of}; answered by \`rows\`, then by \`changes\`.`, { ...all, token }, [
        "after",
        "token",
      ]),
    ];
  });
}

const token: Schema = {
  type: "string",
  description: "Of what was received last: only what is different since is told, where that can be.",
};

const eventFilter: Schema = {
  type: "object",
  properties: {
    ...Object.fromEntries(["context", "aggregate", "aggregateId", "name"].map((name) => [name, { type: "string" }])),
    after: position,
  },
  additionalProperties: false,
};

function toldMessages({ contexts, lists }: Domain, schemas: Schemas): readonly Named[] {
  const aggregates = contexts.flatMap((context) => context.aggregates);
  const event = anyEvent(aggregates, schemas);
  return [
    ...(aggregates.some(({ commands }) => commands.length > 0)
      ? [frame("handled", "handled", "A command was carried out, durably.", { outcome: handledSchema(schemas) })]
      : []),
    ...lists.flatMap((list) => rowMessages(list, schemas)),
    ...(lists.length === 0 ? [] : [frame("count", "count", "How many rows there are.", { count: position, position })]),
    frame("started", "started", "Events after this position will follow.", { position }),
    ...(event === undefined ? [] : [frame("event", "event", "Something happened.", { event })]),
    frame("problem", "problem", "Why what was asked under this id was not done, or ended.", { problem: problemSchema(schemas) }),
    frame("pong", "pong", "The connection lives.", {}),
    frame("authenticated", "authenticated", "The token is accepted, for so many milliseconds.", { expiresIn: { type: "number" } }, [
      "expiresIn",
    ]),
    frame("expired", "expired", "The token has ended, and with it what was observed.", {}),
  ];
}

function rowMessages(list: List, schemas: Schemas): readonly Named[] {
  const row = rowSchema(list, schemas);
  const text: Schema = { type: "string" };
  const rows = { rows: { type: "array", items: row } as Schema, position, cursor: text, token: text, reset };
  const changes = { changes: changesSchema(row), from: position, to: position, token: text };
  return [
    frame(`${list.name}Rows`, "rows", `The rows of ${list.name}.`, rows, ["cursor", "token", "reset"]),
    frame(`${list.name}Changes`, "changes", "Take out what is removed, then put each row at its index.", changes),
  ];
}

const reset: Schema = { const: true, description: "In the place of all that was received before." };
