import type * as tree from "../../../grammar/ast.ts";
import { diagnostic, type Location } from "../../diagnostics/diagnostic.ts";
import type { Assignment } from "../expression.ts";
import type { Change } from "../event.ts";
import type { AddRow, List, ListReaction, ListStatement, Query, RemoveRow, UpdateRow } from "../list.ts";
import { fullName } from "../names.ts";
import { assign, type Target } from "../resolve/assign.ts";
import { at, complain, type Environment, locationOf, placeOf } from "../resolve/environment.ts";
import { findEvent, guess } from "../resolve/find-type.ts";
import { fitted } from "../resolve/fitted.ts";
import { infer } from "../resolve/infer.ts";
import { fieldLayer, type Layer, type Scope } from "../resolve/scope.ts";
import { typeOfField } from "../resolve/type.ts";
import { declare, find, namespace } from "../symbols/namespace.ts";
import type { EventSymbol, ListSymbol } from "../symbols/symbols.ts";
import { buildReadAllows } from "./allow.ts";
import { buildBlock, buildForEach, buildLet, buildWhen, type Dialect, the } from "./block.ts";
import { buildCondition } from "./condition.ts";
import { declaredAs, formerly, questionsOf } from "./declared.ts";
import { changesOf, type Holder } from "./event.ts";
import { buildFields, buildStateFields } from "./field.ts";
import { parametersIn } from "./parameters.ts";
import { eventLayer, queryScope, reactionScope, rowLayer, updateScope, whereScope } from "./scopes.ts";

export function buildList(outside: Environment, list: ListSymbol): List {
  const env = at(outside, list.source);
  const { tree } = list;
  return {
    kind: "list",
    ...declaredAs(env, tree),
    ...formerly(tree.was),
    fields: buildStateFields(env, list.fields),
    indexes: tree.indexes.map(({ fields }) => fields.filter((field) => isField(env, list, field)).map((field) => field.text)),
    reactions: buildReactions(env, list),
    queries: buildQueries(env, list),
    allows: buildReadAllows(env, list),
    questions: questionsOf(env, tree),
  };
}

/** Whether the list has the field; every row has an `id`. */
function isField(env: Environment, list: ListSymbol, name: tree.Name): boolean {
  if (name.text === "id" || find([list.fields], name.text) !== undefined) return true;
  const location = locationOf(env, name.span);
  env.findings.missing({
    name: name.text,
    location,
    namespaces: [list.fields],
    words: ["id"],
    say: (suggestion) =>
      diagnostic("unknown-field", location, { name: name.text, of: the("list", list.name), suggestion }, guess(name, suggestion)),
  });
  return false;
}

/** One block for each event: of two, nobody could tell which comes first. */
function buildReactions(env: Environment, list: ListSymbol): readonly ListReaction[] {
  const events = namespace<ListReaction>("reaction");
  return list.tree.reactions.flatMap((reaction) => {
    const built = buildReaction(env, list, reaction);
    if (built === undefined) return [];
    const name = fullName(built.event);
    const location = locationOf(env, reaction.trigger.span);
    const before = declare(events, name, built, location);
    if (before === undefined) return [built];
    const facts = { event: `${built.event.aggregate}.${built.event.event}`, what: the("list", list.name) };
    return complain(env, "reaction-twice", reaction.trigger.span, facts, { related: before.location }) ?? [];
  });
}

function buildReaction(env: Environment, list: ListSymbol, { trigger, statements, span }: tree.Reaction): ListReaction | undefined {
  if (trigger.kind !== "event-trigger") return complain(env, "list-trigger", trigger.span, { isTimer: trigger.kind === "timer-trigger" });
  if (trigger.for !== undefined) complain(env, "for-in-list", trigger.for.span, {});
  const event = findEvent(env, trigger.event.parts);
  if (event === undefined) return undefined;
  const { context, name: aggregate } = event.aggregate;
  return {
    event: { context, aggregate, event: event.tree.name.text },
    statements: buildBlock(statements, reactionScope(env, event), dialectOf(env, list, event)).statements,
    place: placeOf(env, span),
  };
}

function dialectOf(env: Environment, list: ListSymbol, event: EventSymbol): Dialect<ListStatement> {
  const row: Row = {
    list,
    target: { names: list.fields, what: the("list", list.name), given: { id: { kind: "id" } } },
    event: [eventLayer(env, event)],
  };
  const dialect: Dialect<ListStatement> = {
    place: "a list",
    handlers: {
      "add-row": (statement, scope) => ({ statement: buildAdd(statement, scope, row), scope }),
      "update-row": (statement, scope) => ({ statement: buildUpdate(statement, scope, row), scope }),
      "remove-row": (statement, scope) => ({ statement: buildRemove(statement, scope, row), scope }),
      let: buildLet,
      when: (statement, scope) => buildWhen(statement, scope, dialect),
      "for-each": (statement, scope) => buildForEach(statement, scope, dialect),
      "by-code": (statement, scope) => ({ statement: { kind: "by-code", place: placeOf(env, statement.span) }, scope }),
    },
  };
  return dialect;
}

interface Row {
  readonly list: ListSymbol;
  readonly target: Target;
  readonly event: readonly Layer[];
}

function buildAdd({ args, span }: tree.AddRow, scope: Scope, { target, event }: Row): AddRow | undefined {
  const assignments = assign(args, target, scope, infer, { from: event, all: event[0] });
  return assignments && { kind: "add-row", assignments, place: placeOf(scope.env, span) };
}

function buildUpdate(statement: tree.UpdateRow, scope: Scope, row: Row): UpdateRow | undefined {
  const { orAdd, where, args, changes, span } = statement;
  const inside = updateScope(scope, row.list);
  const condition = where && !orAdd ? buildCondition(where, whereScope(scope, row.list)) : undefined;
  const key = where && orAdd ? buildKey(where, scope, row) : undefined;
  // The id of a row is given once, when it is added.
  const target = { names: row.target.names, what: row.target.what };
  const assignments = assign(args, target, inside, infer, { from: row.event, all: row.event[0] });
  const changed = buildBlock<Change>(changes, inside, { place: "an update", handlers: changesOf(holderOf(row, scope.env)) });
  if (assignments === undefined || (where !== undefined && condition === undefined && key === undefined)) return undefined;
  return {
    kind: "update-row",
    orAdd,
    ...(condition && { where: condition }),
    ...(key && { key }),
    assignments,
    changes: changed.statements,
    place: placeOf(scope.env, span),
  };
}

const holderOf = ({ list, target, event }: Row, env: Environment): Holder => ({ target, read: rowLayer(env, list), event });

/** `where k is x and l is y`: which row it is, and what a new one begins with. */
function buildKey(where: tree.Expression, scope: Scope, row: Row): readonly Assignment[] | undefined {
  if (where.kind === "binary" && where.operator === "and") {
    const [left, right] = [buildKey(where.left, scope, row), buildKey(where.right, scope, row)];
    return left && right && [...left, ...right];
  }
  // Other forms are no key; the grammar has said so.
  if (where.kind !== "binary" || where.operator !== "is" || where.left.kind !== "name-expression") return undefined;
  const name: tree.Name = { kind: "name", text: where.left.name, span: where.left.span };
  if (name.text !== "id" && !isField(scope.env, row.list, name)) return undefined;
  const field = row.list.fields.entries.get(name.text)?.item;
  const type = field === undefined ? ({ kind: "id" } as const) : typeOfField(scope.env, field);
  const value = infer(where.right, scope, type);
  const fitting = value && type && fitted(value, type, scope, `"${name.text}"`);
  return fitting && [{ field: name.text, value: fitting }];
}

function buildRemove({ where, span }: tree.RemoveRow, scope: Scope, { list }: Row): RemoveRow | undefined {
  const condition = where && buildCondition(where, whereScope(scope, list));
  if (where !== undefined && condition === undefined) return undefined;
  return { kind: "remove-row", ...(condition && { where: condition }), place: placeOf(scope.env, span) };
}

function buildQueries(env: Environment, list: ListSymbol): readonly Query[] {
  const names = namespace<tree.Query>("query");
  return list.tree.queries.flatMap((query) => {
    const location = locationOf(env, query.name.span);
    const before = declare(names, query.name.text, query, location);
    if (before === undefined) return buildQuery(env, list, query) ?? [];
    env.findings.complain("name-declared-twice", location, { noun: "query", name: query.name.text }, { related: before.location });
    return [];
  });
}

/** A parameter of a field's name would never be meant. */
const complainOfTaken = (env: Environment, name: string, location: Location): void =>
  env.findings.complain("name-taken", location, { name, place: "the list" });

function buildQuery(env: Environment, list: ListSymbol, query: tree.Query): Query | undefined {
  const parameters = parametersIn(env, query.parameters);
  for (const { name, location } of parameters.entries.values()) {
    if (location !== undefined && (name === "id" || list.fields.entries.has(name))) complainOfTaken(env, name, location);
  }
  const layer = fieldLayer(env, parameters, (name, type) => ({ node: { kind: "local", what: "parameter", name }, type }));
  const scope = queryScope(env, list, layer);
  const where = query.where && buildCondition(query.where, scope);
  const rows = query.take && infer(query.take, scope);
  const take = rows && fitted(rows, { kind: "integer" }, scope, `"take"`);
  if ((query.where && !where) || (query.take && !take)) return undefined;
  return {
    kind: "query",
    ...declaredAs(env, query),
    parameters: buildFields(env, parameters),
    ...(where && { where }),
    order: query.order.flatMap(({ field, direction }) => (isField(env, list, field) ? [{ field: field.text, direction }] : [])),
    ...(take && { take }),
  };
}
