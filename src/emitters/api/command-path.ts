import type { Aggregate } from "../../model/aggregate.ts";
import type { Rule } from "../../model/allow.ts";
import type { Command, CommandStatement, Reason } from "../../model/command.ts";
import type { Json } from "./json.ts";
import { parametersNamed } from "./parameters.ts";
import { generalResponses, problemResponse, rejection } from "./problems.ts";
import { mayBeLeftOut, type Schema, type Schemas } from "./schema.ts";

/** `POST /api/commands/CONTEXT/AGGREGATE/{id}/COMMAND` */
export const commandPath = ({ context, name }: Aggregate, command: Command): string =>
  `/api/commands/${context}/${name}/{id}/${command.name}`;

export function commandOperation(aggregate: Aggregate, command: Command, schemas: Schemas): Json {
  const { context, name, description } = aggregate;
  return {
    operationId: `${context}.${name}.${command.name}`,
    summary: command.description ?? `${spelledOut(command.name)} ${onWhat[command.on]} ${spelledOut(name)}`,
    ...(description === undefined || command.description !== undefined ? {} : { description }),
    tags: [context],
    security: securityOf(command.allows),
    parameters: parametersNamed(schemas, "AggregateId", "IdempotencyKey", "Prefer"),
    requestBody: {
      required: !command.fields.every(mayBeLeftOut),
      content: { "application/json": { schema: schemas.object(command.fields, "in") } },
    },
    responses: {
      "200": { description: "Carried out, durably.", content: { "application/json": { schema: handled(command, schemas) } } },
      "202": accepted(schemas),
      ...responsesOf(aggregate, command, schemas),
    },
  };
}

const accepted = (schemas: Schemas): Json =>
  schemas.components.refer(
    "responses",
    "accepted",
    () => "Accepted",
    () => ({
      description: "Accepted, durably, where `Prefer` asked for it; what becomes of it is answered to the same command without it.",
    }),
  );

const onWhat = { new: "a new", existing: "a", any: "a new or existing" } as const;

/** `placeOrder` is "place order". */
export const spelledOut = (name: string): string => name.replace(/(?<=\p{Ll}|\p{N})\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`);

const token: Json = { token: [] };

/** Whoever everybody may be needs no token. */
export const securityOf = (allows: readonly Rule[]): Json => (allows.some(({ who }) => who.kind === "everyone") ? [{}, token] : [token]);

/** What a handled command left behind. */
export const handledSchema = (schemas: Schemas): Schema =>
  schemas.component("handled", "Handled", () => ({
    type: "object",
    required: ["position", "revision", "events"],
    properties: {
      position: { type: "integer", description: "The log's position of its last event. A list that is read `after` it knows them." },
      revision: { type: "integer", description: "How many events the aggregate has had." },
      events: { type: "array", description: "What happened, by name.", items: { type: "string" } },
    },
  }));

const handled = ({ publishes }: Command, schemas: Schemas): Schema =>
  publishes.length === 0
    ? handledSchema(schemas)
    : { allOf: [handledSchema(schemas), { type: "object", properties: { events: { type: "array", items: { enum: publishes } } } }] };

function responsesOf(aggregate: Aggregate, command: Command, schemas: Schemas): { readonly [status: string]: Json } {
  const exists = command.on === "existing" ? ["does-not-exist"] : [];
  const isThere = command.on === "new" ? ["exists-already"] : [];
  const ends = aggregate.events.some(({ changes }) => changes.some(({ kind }) => kind === "end"));
  return {
    ...generalResponses(schemas, "400", "401", "403"),
    "404": problemResponse(schemas, ["unknown-command", ...exists], "There is no such thing to do it to."),
    "409": problemResponse(
      schemas,
      ["command-id-reused", ...isThere],
      "It is there already, or the id of the command was used for another one.",
    ),
    ...(ends && command.on !== "new" ? { "410": problemResponse(schemas, ["has-ended"], "It has ended.") } : {}),
    ...generalResponses(schemas, "413"),
    "422": rejection(schemas, reasonsOf(aggregate, command)),
    ...generalResponses(schemas, "429", "500", "503"),
  };
}

/** What a sender may hear; where a reason holds values, they stand in braces. */
function reasonsOf({ invariants, uniques }: Aggregate, { statements }: Command): readonly string[] {
  const reasons = [...statements.flatMap(reasonsIn), ...[...invariants, ...uniques].map(({ reason }) => reason)];
  return [...new Set(reasons.map(inOneText))];
}

function reasonsIn(statement: CommandStatement): readonly Reason[] {
  switch (statement.kind) {
    case "reject":
      return [statement.reason];
    case "when":
      return [...statement.statements, ...(statement.otherwise ?? [])].flatMap(reasonsIn);
    case "by-code":
      return statement.mayReject.map((text) => [text]);
    default:
      return [];
  }
}

const inOneText = (reason: Reason): string =>
  reason.map((part) => (typeof part === "string" ? part : `{${part.kind === "read" ? part.field : "…"}}`)).join("");
