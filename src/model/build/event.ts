import type * as tree from "../../../grammar/ast.ts";
import type { Rule } from "../allow.ts";
import type { AddTo, Change, EndAggregate, Event, RemoveFrom, RemoveItems, SetFields, UpdateItems } from "../event.ts";
import type { Expression } from "../expression.ts";
import { assign, type Target } from "../resolve/assign.ts";
import { elementCondition, listOf, withElement } from "../resolve/collections.ts";
import { fieldsOfValue } from "../resolve/declared.ts";
import { complain, type Environment, locationOf, placeOf } from "../resolve/environment.ts";
import { fitted } from "../resolve/fitted.ts";
import { infer } from "../resolve/infer.ts";
import { type Layer, lookUp, type Scope } from "../resolve/scope.ts";
import { guess, requireOwn } from "../resolve/find-type.ts";
import { typeOfField } from "../resolve/type.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import { find, type Namespace } from "../symbols/namespace.ts";
import type { EventSymbol, FieldSymbol } from "../symbols/symbols.ts";
import { buildBlock, type Dialect, the } from "./block.ts";
import { declaredAs, formerly } from "./declared.ts";
import { buildFields, zeroExpression } from "./field.ts";
import { eventLayer, eventScope, stateLayer } from "./scopes.ts";

export function buildEvent(env: Environment, event: EventSymbol, allows: readonly Rule[]): Event {
  const { tree, aggregate } = event;
  const holder: Holder = {
    target: {
      names: aggregate.fields,
      what: `the state of "${aggregate.name}"`,
      given: { owner: { kind: "optional", of: { kind: "id" } } },
    },
    read: stateLayer(env, aggregate),
    event: [eventLayer(env, event)],
  };
  const { statements } = buildBlock(tree.statements, eventScope(env, event), dialectOf(event, holder));
  return {
    kind: "event",
    ...declaredAs(env, tree),
    ...formerly(tree.was),
    retired: tree.retired,
    fields: buildFields(env, event.fields),
    changes: statements,
    allows,
  };
}

/** What holds the fields that statements change: an aggregate, a flow, or a row. */
export interface Holder {
  readonly target: Target;
  /** The fields as they can be read. */
  readonly read: Layer;
  /** Where the shorthand takes its values. */
  readonly event: readonly Layer[];
}

function dialectOf(event: EventSymbol, holder: Holder): Dialect<Change> {
  return {
    place: "an event",
    handlers: {
      ...changesOf(holder),
      end: (statement, scope) => ({ statement: buildEnd(statement, scope, event), scope }),
    },
  };
}

/** The statements that change fields. */
export function changesOf(holder: Holder) {
  return {
    set: (statement: tree.Set, scope: Scope) => ({ statement: buildSet(statement, scope, holder), scope }),
    clear: (statement: tree.Clear, scope: Scope) => ({ statement: buildClear(statement, scope, holder), scope }),
    "add-to": (statement: tree.AddTo, scope: Scope) => ({ statement: buildElement(statement, scope, holder), scope }),
    "remove-from": (statement: tree.RemoveFrom, scope: Scope) => ({ statement: buildElement(statement, scope, holder), scope }),
    "remove-items": (statement: tree.RemoveItems, scope: Scope) => ({ statement: buildRemoveItems(statement, scope, holder), scope }),
    "update-items": (statement: tree.UpdateItems, scope: Scope) => ({ statement: buildUpdateItems(statement, scope, holder), scope }),
  };
}

function buildSet({ args, span }: tree.Set, scope: Scope, { target, event }: Holder): SetFields | undefined {
  const assignments = assign(args, target, scope, infer, { from: event, all: event[0] });
  if (assignments?.length === 0) return complain(scope.env, "all-takes-nothing", span, { what: target.what });
  return assignments && { kind: "set", assignments, place: placeOf(scope.env, span) };
}

function buildClear({ field, span }: tree.Clear, scope: Scope, { target }: Holder): SetFields | undefined {
  const symbol = fieldNamed(field, target, scope.env);
  const type = symbol && typeOfField(scope.env, symbol);
  if (type === undefined) return undefined;
  const value = zeroExpression(type, span);
  if (value === undefined) return complain(scope.env, "clear-impossible", field.span, { name: field.text });
  return { kind: "set", assignments: [{ field: field.text, value }], place: placeOf(scope.env, span) };
}

function fieldNamed(name: tree.Name, { names, what }: Target, env: Environment): FieldSymbol | undefined {
  return find([names], name.text) ?? missingField(name, names, what, env);
}

function missingField(name: tree.Name, names: Namespace<FieldSymbol>, what: string, env: Environment): undefined {
  const location = locationOf(env, name.span);
  env.findings.missing({
    name: name.text,
    location,
    namespaces: [names],
    say: (suggestion) => diagnostic("unknown-field", location, { name: name.text, of: what, suggestion }, guess(name, suggestion)),
  });
}

/** The list that a field holds, as it can be read. */
function listIn(field: tree.Name, scope: Scope, { target, read }: Holder): Expression | undefined {
  if (fieldNamed(field, target, scope.env) === undefined) return undefined;
  const binding = lookUp([read], field.text);
  return listOf(binding?.type && { ...binding.node, type: binding.type, span: field.span }, scope);
}

const elementOf = ({ type }: Expression) => (type.kind === "list" ? type.of : type);

function buildElement(
  { kind, value, field, span }: tree.AddTo | tree.RemoveFrom,
  scope: Scope,
  holder: Holder,
): AddTo | RemoveFrom | undefined {
  const list = listIn(field, scope, holder);
  if (list === undefined) return undefined;
  const element = infer(value, scope, elementOf(list));
  const fitting = element && fitted(element, elementOf(list), scope, `an element of "${field.text}"`);
  return fitting && { kind, field: field.text, value: fitting, place: placeOf(scope.env, span) };
}

function buildRemoveItems({ field, where, span }: tree.RemoveItems, scope: Scope, holder: Holder): RemoveItems | undefined {
  const list = listIn(field, scope, holder);
  const condition = list && elementCondition(list, where, scope, infer);
  return condition && { kind: "remove-items", field: field.text, ...condition, place: placeOf(scope.env, span) };
}

/** Below it, a bare name is first a field of the event, then of the element, then of the state. */
function buildUpdateItems({ field, where, args, span }: tree.UpdateItems, scope: Scope, holder: Holder): UpdateItems | undefined {
  const list = listIn(field, scope, holder);
  const condition = list && elementCondition(list, where, scope, infer);
  if (list === undefined || condition === undefined) return undefined;
  const type = elementOf(list);
  if (type.kind !== "value") return complain(scope.env, "elements-have-no-fields", field.span, { name: field.text });
  const target = { names: fieldsOfValue(scope.env.symbols, type.value), what: the("value", type.value.name) };
  const inside = withElement(list, scope);
  const [element, ...others] = inside.scope.layers;
  const below: Scope = { ...inside.scope, layers: [...others.slice(0, -1), ...(element ? [element] : []), ...others.slice(-1)] };
  const assignments = assign(args, target, below, infer, { from: holder.event });
  return assignments && { kind: "update-items", field: field.text, ...condition, assignments, place: placeOf(scope.env, span) };
}

function buildEnd({ aggregate, span }: tree.End, { env }: Scope, event: EventSymbol): EndAggregate | undefined {
  const own = event.aggregate.name;
  if (aggregate === undefined) {
    return complain(env, "end-of-what", span, { aggregate: own }, { fix: { span, text: `end ${own}`, safe: true } });
  }
  if (!requireOwn(env, aggregate, event.aggregate)) return undefined;
  return { kind: "end", place: placeOf(env, span) };
}
