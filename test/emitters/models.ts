import type { Aggregate } from "../../src/model/aggregate.ts";
import type { Command, CommandStatement } from "../../src/model/command.ts";
import type { Domain } from "../../src/model/domain.ts";
import type { Event } from "../../src/model/event.ts";
import type { Expression, Node } from "../../src/model/expression.ts";
import type { Field, StateField } from "../../src/model/field.ts";
import type { List, ListStatement } from "../../src/model/list.ts";
import type { Type } from "../../src/model/types/type.ts";

/** Models made by hand, for what is about the emitters alone. */
export const place = { file: "chat.domain", span: { start: 0, end: 0 }, line: 1 };

export const ex = (node: Node, type: Type): Expression => ({ ...node, type, span: place.span });
export const textType: Type = { kind: "text" };
export const integer: Type = { kind: "integer" };
export const boolean: Type = { kind: "boolean" };

export const literal = (value: string | number, type: Type = typeof value === "string" ? textType : integer) =>
  ex({ kind: "literal", value }, type);
export const read = (from: "state" | "command" | "event" | "row", field: string, type: Type) => ex({ kind: "read", from, field }, type);
export const field = (name: string, type: Type, rest: Partial<Field> = {}): Field => ({ name, type, place, ...rest });
export const state = (name: string, type: Type, start?: Expression): StateField => ({ ...field(name, type), ...(start && { start }) });
export const everyone = [{ who: { kind: "everyone" as const }, place }];

export const command = (
  name: string,
  on: Command["on"],
  fields: readonly Field[],
  statements: readonly CommandStatement[],
  rest: Partial<Command> = {},
): Command => ({
  kind: "command",
  name,
  on,
  fields,
  statements,
  allows: everyone,
  publishes: statements.flatMap((statement) => (statement.kind === "publish" ? [statement.event] : [])),
  place,
  ...rest,
});

export const event = (
  name: string,
  fields: readonly Field[],
  changed: readonly string[] = fields.map((each) => each.name),
  rest: Partial<Event> = {},
): Event => ({
  kind: "event",
  name,
  retired: false,
  fields,
  changes: [
    { kind: "set", assignments: changed.map((each) => ({ field: each, value: read("event", each, typeOf(fields, each)) })), place },
  ],
  allows: everyone,
  place,
  ...rest,
});

const typeOf = (fields: readonly Field[], name: string): Type => fields.find((each) => each.name === name)?.type ?? textType;

export const aggregate = (
  name: string,
  parts: Pick<Aggregate, "state" | "commands" | "events">,
  rest: Partial<Aggregate> = {},
): Aggregate => ({
  kind: "aggregate",
  context: "communication",
  name,
  invariants: [],
  uniques: [],
  upgrades: [],
  questions: [],
  place,
  ...parts,
  ...rest,
});

export const list = (
  name: string,
  fields: readonly StateField[],
  reactions: Readonly<Record<string, readonly ListStatement[]>>,
  rest: Partial<List> = {},
): List => ({
  kind: "list",
  name,
  fields,
  indexes: [],
  reactions: Object.entries(reactions).map(([full, statements]) => {
    const [context = "", aggregate = "", event = ""] = full.split(".");
    return { event: { context, aggregate, event }, statements, place };
  }),
  queries: [],
  allows: everyone,
  questions: [],
  place,
  ...rest,
});

export const domain = (name: string, aggregates: readonly Aggregate[], lists: readonly List[], rest: Partial<Domain> = {}): Domain => ({
  kind: "domain",
  name,
  timeZone: "UTC",
  roles: [],
  contexts: [...new Set(aggregates.map(({ context }) => context))].map((context) => ({
    kind: "context",
    name: context,
    aggregates: aggregates.filter((each) => each.context === context),
    questions: [],
    place,
  })),
  values: [],
  choices: [],
  functions: [],
  tables: [],
  lists,
  flows: [],
  scenarios: [],
  questions: [],
  place,
  ...rest,
});

export const chat = domain(
  "chat",
  [
    aggregate("message", {
      state: [state("text", textType, literal("")), state("likes", integer, literal(0))],
      commands: [
        command(
          "send",
          "new",
          [field("text", textType)],
          [
            {
              kind: "reject",
              reason: ["Text is missing."],
              condition: ex({ kind: "is-empty", operand: read("command", "text", textType), negated: false }, boolean),
              place,
            },
            { kind: "publish", event: "sent", data: [{ field: "text", value: read("command", "text", textType) }], place },
          ],
        ),
        command(
          "like",
          "existing",
          [],
          [
            {
              kind: "publish",
              event: "liked",
              data: [
                {
                  field: "likes",
                  value: ex({ kind: "arithmetic", operator: "+", left: read("state", "likes", integer), right: literal(1) }, integer),
                },
              ],
              place,
            },
          ],
        ),
      ],
      events: [event("sent", [field("text", textType)]), event("liked", [field("likes", integer)])],
    }),
  ],
  [
    list(
      "messages",
      [state("text", textType, literal("")), state("likes", integer, literal(0)), state("timestamp", { kind: "timestamp" })],
      {
        "communication.message.sent": [
          {
            kind: "add-row",
            assignments: [
              { field: "text", value: read("event", "text", textType) },
              { field: "timestamp", value: ex({ kind: "given", what: "event timestamp" }, { kind: "timestamp" }) },
            ],
            place,
          },
        ],
        "communication.message.liked": [
          {
            kind: "update-row",
            orAdd: false,
            assignments: [{ field: "likes", value: read("event", "likes", integer) }],
            changes: [],
            place,
          },
        ],
      },
    ),
  ],
  { description: "People talk to each other by sending messages and liking them." },
);
