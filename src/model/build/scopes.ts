import type { Expression } from "../expression.ts";
import type { Environment } from "../resolve/environment.ts";
import { type Binding, fieldLayer, givenLayer, type Layer, type Scope } from "../resolve/scope.ts";
import { typeOfField } from "../resolve/type.ts";
import type { AggregateSymbol, CommandSymbol, EventSymbol, FlowSymbol, ListSymbol } from "../symbols/symbols.ts";
import { optional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { zeroOf } from "../types/zero.ts";
import { publishersOf } from "./authenticated.ts";

// Which name is meant where: one function for each row of the table in grammar.md.

const id: Type = { kind: "id" };

const given = (what: Extract<Expression, { kind: "given" }>["what"], type: Type): Binding => ({ node: { kind: "given", what }, type });

export const referenceTo = ({ context, name }: AggregateSymbol): Type => ({ kind: "reference", to: { context, aggregate: name } });

const idOf = (aggregate: AggregateSymbol): Layer => givenLayer({ id: given("aggregate id", referenceTo(aggregate)) });

/** The state of an aggregate; `begun` says what it holds where the aggregate may be a new one. */
export function stateLayer(env: Environment, aggregate: AggregateSymbol, begun: "yes" | "no" | "perhaps" = "yes"): Layer {
  return fieldLayer(env, aggregate.fields, (field, type) => {
    const node = { kind: "read", from: "state", field } as const;
    if (begun === "yes" || type === undefined || hasStart(env, aggregate, field)) return { node, type };
    return begun === "no" ? { node, type, unset: true } : { node, type: optional(type) };
  });
}

/** Whether a field holds something before any event. */
function hasStart(env: Environment, { fields }: AggregateSymbol, field: string): boolean {
  const symbol = fields.entries.get(field)?.item;
  if (symbol === undefined || (symbol.tree.kind === "field" && symbol.tree.default !== undefined)) return true;
  const type = typeOfField(env, symbol);
  return type === undefined || zeroOf(type) !== undefined;
}

const userLayer = (isAuthenticated: boolean): Layer => givenLayer({ id: given("user id", isAuthenticated ? id : optional(id)) });

export function commandLayer(env: Environment, { fields }: CommandSymbol): Layer {
  return fieldLayer(env, fields, (field, type) => ({ node: { kind: "read", from: "command", field }, type }));
}

export function eventLayer(env: Environment, { fields }: EventSymbol): Layer {
  return fieldLayer(env, fields, (field, type) => ({ node: { kind: "read", from: "event", field }, type }));
}

/** What is behind `event.`: its fields, and what every event has. */
export function eventPrefix(env: Environment, event: EventSymbol): readonly Layer[] {
  const facts = {
    id: given("event id", id),
    timestamp: given("event timestamp", { kind: "timestamp" }),
    user: given("event user", publishersOf(event) === "authenticated" ? id : optional(id)),
  };
  return [eventLayer(env, event), givenLayer(facts)];
}

interface Place {
  readonly place: string;
  readonly layers: readonly Layer[];
  readonly prefixes: readonly (readonly [word: string, layers: readonly Layer[]])[];
  readonly hasClock?: boolean;
}

const scope = (env: Environment, { place, layers, prefixes, hasClock = false }: Place): Scope => ({
  env,
  place,
  layers,
  prefixes: new Map(prefixes),
  present: new Set(),
  hasClock,
});

export function commandScope(env: Environment, command: CommandSymbol, state: Layer, isAuthenticated: boolean): Scope {
  const { aggregate } = command;
  const fields = commandLayer(env, command);
  return scope(env, {
    place: "a command",
    layers: [fields, state],
    prefixes: [
      ["command", [fields]],
      [aggregate.name, [state, idOf(aggregate)]],
      ["user", [userLayer(isAuthenticated)]],
    ],
    hasClock: true,
  });
}

export function eventScope(env: Environment, event: EventSymbol): Scope {
  const { aggregate } = event;
  const state = stateLayer(env, aggregate);
  return scope(env, {
    place: "an event",
    layers: [eventLayer(env, event), state],
    prefixes: [
      ["event", eventPrefix(env, event)],
      [aggregate.name, [state, idOf(aggregate)]],
    ],
  });
}

/** Of invariants and unique values. */
export function stateScope(env: Environment, aggregate: AggregateSymbol, place: string): Scope {
  const state = stateLayer(env, aggregate);
  return scope(env, { place, layers: [state], prefixes: [[aggregate.name, [state, idOf(aggregate)]]] });
}

export function allowScope(env: Environment, aggregate: AggregateSymbol, isAuthenticated: boolean): Scope {
  const state = stateLayer(env, aggregate);
  return scope(env, {
    place: `an "allow" line`,
    layers: [state],
    prefixes: [
      [aggregate.name, [state, idOf(aggregate)]],
      ["user", [userLayer(isAuthenticated)]],
    ],
  });
}

export function rowLayer(env: Environment, { fields }: ListSymbol): Layer {
  return fieldLayer(env, fields, (field, type) => ({ node: { kind: "read", from: "row", field }, type }));
}

export const rowPrefix = (env: Environment, list: ListSymbol): readonly Layer[] => [
  rowLayer(env, list),
  givenLayer({ id: given("row id", id) }),
];

/** A list's `when` block, outside of what changes a row. */
export function reactionScope(env: Environment, event: EventSymbol): Scope {
  return scope(env, {
    place: "a list",
    layers: [eventLayer(env, event)],
    prefixes: [
      ["event", eventPrefix(env, event)],
      [event.aggregate.name, [idOf(event.aggregate)]],
    ],
  });
}

/** Right of `=` in `update`: the row's fields come last. */
export function updateScope(inside: Scope, list: ListSymbol): Scope {
  return {
    ...inside,
    layers: [...inside.layers, rowLayer(inside.env, list)],
    prefixes: new Map([...inside.prefixes, ["row", rowPrefix(inside.env, list)]]),
  };
}

/** In a list statement's `where` the row's fields come first. */
export function whereScope(inside: Scope, list: ListSymbol): Scope {
  return {
    ...inside,
    layers: [...rowPrefix(inside.env, list), ...inside.layers],
    prefixes: new Map([...inside.prefixes, ["row", rowPrefix(inside.env, list)]]),
  };
}

export function readScope(env: Environment, list: ListSymbol, isAuthenticated: boolean): Scope {
  return scope(env, {
    place: `an "allow" line`,
    layers: rowPrefix(env, list),
    prefixes: [
      ["row", rowPrefix(env, list)],
      ["user", [userLayer(isAuthenticated)]],
    ],
  });
}

export function queryScope(env: Environment, list: ListSymbol, parameters: Layer): Scope {
  return scope(env, { place: "a query", layers: [...rowPrefix(env, list), parameters], prefixes: [["row", rowPrefix(env, list)]] });
}

export function flowLayer(env: Environment, { fields }: FlowSymbol): Layer {
  return fieldLayer(env, fields, (field, type) => ({ node: { kind: "read", from: "flow", field }, type }));
}

/** What is behind `flow.`: its state, and the id of what it is an instance for. */
function flowPrefix(env: Environment, flow: FlowSymbol, keeper: AggregateSymbol | undefined): readonly Layer[] {
  const state = flowLayer(env, flow);
  if (flow.tree.forEach === undefined) return [state];
  // Where it cannot be told what the flow is for, its id is nothing to complain about.
  return [state, givenLayer({ id: { node: { kind: "given", what: "flow id" }, type: keeper && referenceTo(keeper) } })];
}

export function flowEventScope(env: Environment, flow: FlowSymbol, event: EventSymbol, keeper: AggregateSymbol | undefined): Scope {
  return scope(env, {
    place: "a flow",
    layers: [eventLayer(env, event), flowLayer(env, flow)],
    prefixes: [
      ["flow", flowPrefix(env, flow, keeper)],
      ["event", eventPrefix(env, event)],
      [event.aggregate.name, [idOf(event.aggregate)]],
    ],
  });
}

export function flowRejectionScope(env: Environment, flow: FlowSymbol, command: CommandSymbol, keeper: AggregateSymbol | undefined): Scope {
  const fields = commandLayer(env, command);
  return scope(env, {
    place: "a flow",
    layers: [fields, flowLayer(env, flow), givenLayer({ rejection: given("rejection", { kind: "text" }) })],
    prefixes: [
      ["command", [fields]],
      ["flow", flowPrefix(env, flow, keeper)],
    ],
  });
}

export function flowTimerScope(env: Environment, flow: FlowSymbol, keeper: AggregateSymbol | undefined): Scope {
  return scope(env, { place: "a flow", layers: [flowLayer(env, flow)], prefixes: [["flow", flowPrefix(env, flow, keeper)]] });
}
