import type { FastifyInstance } from "fastify";
import type { Application } from "../application.ts";

/** `GET /api/model`: what there is to do, to read and to hear of, by name. */
export function modelRoute(server: FastifyInstance, application: Application): void {
  const model = JSON.stringify(describe(application), (_, value: unknown) => (value instanceof RegExp ? value.source : value));

  server.get("/api/model", (_request, reply) => reply.header("content-type", "application/json; charset=utf-8").send(model));
}

function describe({ name, description, roles, aggregates, lists }: Application) {
  return {
    name,
    description,
    roles,
    aggregates: aggregates.map(({ context, name: aggregate, fields, commands, events }) => ({
      context,
      name: aggregate,
      fields,
      commands: mapped(commands, ({ on, fields: data }) => ({ on, fields: data })),
      events: mapped(events, ({ version, fields: data }) => ({ version, fields: data })),
    })),
    lists: lists.map(({ name: list, description: text, fields }) => ({ name: list, description: text, fields })),
  };
}

interface Described {
  readonly on?: string;
  readonly version?: number;
  readonly fields: object;
}

function mapped(definitions: { readonly [name: string]: Described }, picture: (definition: Described) => object): object {
  return Object.fromEntries(Object.entries(definitions).map(([name, definition]) => [name, picture(definition)]));
}
