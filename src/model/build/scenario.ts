import type * as tree from "../../../grammar/ast.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Person, Scenario, Step } from "../scenario.ts";
import { assign, type Target } from "../resolve/assign.ts";
import { at, complain, type Environment, locationOf, placeOf } from "../resolve/environment.ts";
import { findCommand, findEvent, guess } from "../resolve/find-type.ts";
import { fitted } from "../resolve/fitted.ts";
import { infer } from "../resolve/infer.ts";
import { type Layer, lookUp, type Scope } from "../resolve/scope.ts";
import { typeOfField } from "../resolve/type.ts";
import { find, namespace } from "../symbols/namespace.ts";
import type { AggregateSymbol, CommandSymbol, EventSymbol, Found, ListSymbol } from "../symbols/symbols.ts";
import { withoutOptional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { the } from "./block.ts";
import { referenceTo } from "./scopes.ts";

export function buildScenario(outside: Environment, { tree, source }: Found<tree.Scenario>): Scenario {
  const env = at(outside, source);
  const scope = storyScope(env, tree);
  complainOfEarly(env, tree);
  return {
    kind: "scenario",
    title: tree.title.value,
    ...(tree.description && { description: tree.description.value }),
    steps: tree.steps.flatMap((step) => buildStep(step, scope) ?? []),
    place: placeOf(env, tree.span),
  };
}

/** What a story waits for can only follow something that it does. */
function complainOfEarly(env: Environment, { steps }: tree.Scenario): void {
  const done = steps.findIndex(({ kind }) => !kind.startsWith("then"));
  for (const { span } of steps.slice(0, done === -1 ? steps.length : done)) {
    if (env.findings.isWhole(env.source)) complain(env, "then-too-early", span, {});
  }
}

/** The instances and the people of the story can be named as values. */
function storyScope(env: Environment, scenario: tree.Scenario): Scope {
  return {
    env,
    place: "a scenario",
    layers: [castLayer("instance", instancesOf(env, scenario)), castLayer("person", peopleOf(env, scenario))],
    prefixes: new Map(),
    present: new Set(),
    hasClock: false,
  };
}

function castLayer(what: "instance" | "person", cast: ReadonlyMap<string, Type>): Layer {
  return { names: namespace(what, cast), bind: (name) => ({ node: { kind: "local", what, name }, type: cast.get(name) }) };
}

/** By name; the one that is not named is called as its aggregate is. What is given or sent may name others, which nothing has happened to yet. */
function instancesOf(env: Environment, { steps }: tree.Scenario): ReadonlyMap<string, Type> {
  const instances = new Map<string, Type>();
  for (const step of steps) {
    const path = pathOf(step);
    const aggregate = path && aggregateOf(env, path);
    const name = ("on" in step ? step.on : undefined) ?? path?.parts.at(-2);
    if (aggregate !== undefined && name !== undefined) instances.set(name.text, referenceTo(aggregate));
  }
  for (const step of steps) for (const [name, type] of mentionedIn(env, step)) if (!instances.has(name)) instances.set(name, type);
  return instances;
}

function pathOf(step: tree.Step): tree.Path | undefined {
  if (step.kind === "when-command") return step.command;
  return step.kind === "given-event" || step.kind === "then-event" ? step.event : undefined;
}

function aggregateOf({ symbols }: Environment, { parts }: tree.Path): AggregateSymbol | undefined {
  const [context, name] = parts.length > 2 ? [parts.at(-3)?.text, parts.at(-2)] : [undefined, parts.at(-2)];
  return (symbols.everywhere.get(name?.text ?? "") ?? [])
    .filter((symbol) => symbol.kind === "aggregate")
    .find((symbol) => context === undefined || symbol.context === context);
}

/** `stay = s1`: a name where an instance is asked for is one. */
function* mentionedIn(env: Environment, step: tree.Step): Iterable<readonly [string, Type]> {
  if (step.kind !== "given-event" && step.kind !== "when-command") return;
  const path = step.kind === "given-event" ? step.event : step.command;
  const aggregate = aggregateOf(env, path);
  const declared = step.kind === "given-event" ? aggregate?.events : aggregate?.commands;
  const fields = declared?.entries.get(path.parts.at(-1)?.text ?? "")?.item.fields.entries;
  for (const arg of step.args) {
    if (arg.kind === "all" || arg.value?.kind !== "name-expression") continue;
    const field = fields?.get(arg.name.text)?.item;
    const type = field && typeOfField(env, field);
    const reference = type && withoutOptional(type);
    if (reference?.kind === "reference") yield [arg.value.name, reference];
  }
}

function peopleOf({ symbols }: Environment, { steps }: tree.Scenario): ReadonlyMap<string, Type> {
  const names = steps.flatMap((step) => ("as" in step ? (step.as?.names ?? []) : [])).map(({ text }) => text);
  return new Map(names.filter((name) => !symbols.roles.entries.has(name)).map((name) => [name, { kind: "id" }]));
}

function buildStep(step: tree.Step, scope: Scope): Step | undefined {
  const { env } = scope;
  const place = placeOf(env, step.span);
  switch (step.kind) {
    case "given-event":
      return buildGiven(step, scope);
    case "given-pass": {
      const duration = infer(step.duration, scope);
      const fitting = duration && fitted(duration, { kind: "duration" }, scope, `"pass"`);
      return fitting && { kind: "pass", duration: fitting, place };
    }
    case "when-command":
      return buildCommand(step, scope);
    case "then-event": {
      const event = findEvent(env, step.event.parts);
      const data = event && assign(step.args, eventTarget(event), scope, infer);
      return event && data && { kind: "then-event", event: nameOfEvent(event), ...instance(step), data, place };
    }
    case "then-run": {
      const command = findCommand(env, step.command.parts);
      const data = command && assign(step.args, commandTarget(command), scope, infer);
      return command && data && { kind: "then-run", command: nameOfCommand(command), data, place };
    }
    case "then-list": {
      const list = findList(step.list, env);
      const data = list && assign(step.args, listTarget(list, idOfRow(step.args, scope)), scope, infer);
      return data && { kind: "then-list", list: step.list.text, has: step.has, data, place };
    }
    case "then-empty":
      return findList(step.list, env) && { kind: "then-empty", list: step.list.text, place };
    case "then-rejected":
      return { kind: "then-rejected", ...(step.reason && { reason: step.reason.value }), place };
    case "then-not":
      return { kind: "then-not", what: step.what, place };
    case "then-nothing":
      return { kind: "then-nothing", place };
  }
}

const eventTarget = ({ fields, tree }: EventSymbol): Target => ({ names: fields, what: the("event", tree.name.text) });

const commandTarget = ({ fields, tree }: CommandSymbol): Target => ({ names: fields, what: the("command", tree.name.text) });

const listTarget = ({ fields, name }: ListSymbol, id: Type): Target => ({ names: fields, what: the("list", name), given: { id } });

/** A row has the id of the aggregate that it is about, whichever that is. */
function idOfRow(args: readonly tree.Arg[], { layers }: Scope): Type {
  const arg = args.find((one) => one.kind === "arg" && one.name.text === "id");
  const value = arg?.kind === "arg" ? arg.value : undefined;
  const named = value?.kind === "name-expression" ? lookUp(layers, value.name)?.type : undefined;

  return named?.kind === "reference" ? named : { kind: "id" };
}

const nameOfEvent = ({ aggregate, tree }: EventSymbol) => ({
  context: aggregate.context,
  aggregate: aggregate.name,
  event: tree.name.text,
});

const nameOfCommand = ({ aggregate, tree }: CommandSymbol) => ({
  context: aggregate.context,
  aggregate: aggregate.name,
  command: tree.name.text,
});

const instance = ({ on }: { readonly on?: tree.Name }) => (on === undefined ? {} : { instance: on.text });

function buildGiven(step: Extract<tree.Step, { readonly kind: "given-event" }>, scope: Scope): Step | undefined {
  const { env } = scope;
  const event = findEvent(env, step.event.parts);
  const as = step.as && buildPerson(step.as, env);
  const data = event && assign(step.args, eventTarget(event), scope, infer);
  return (
    event &&
    data && { kind: "given-event", event: nameOfEvent(event), ...instance(step), ...(as && { as }), data, place: placeOf(env, step.span) }
  );
}

function buildCommand(step: Extract<tree.Step, { readonly kind: "when-command" }>, scope: Scope): Step | undefined {
  const { env } = scope;
  const command = findCommand(env, step.command.parts);
  const as = step.as && buildPerson(step.as, env);
  const data = command && assign(step.args, commandTarget(command), scope, infer);
  if (command === undefined || data === undefined) return undefined;
  return { kind: "command", command: nameOfCommand(command), ...instance(step), ...(as && { as }), data, place: placeOf(env, step.span) };
}

/** `as jane`, `as clerk jane`, `as clerk` */
function buildPerson({ names }: tree.Person, env: Environment): Person | undefined {
  const [first, second] = names;
  if (first === undefined) return undefined;
  if (second === undefined) return find([env.symbols.roles], first.text) === undefined ? { name: first.text } : { role: first.text };
  if (find([env.symbols.roles], first.text) !== undefined) return { role: first.text, name: second.text };
  const location = locationOf(env, first.span);
  env.findings.missing({
    name: first.text,
    location,
    namespaces: [env.symbols.roles],
    say: (suggestion) => diagnostic("unknown-role", location, { name: first.text, suggestion }, guess(first, suggestion)),
  });
  return undefined;
}

function findList(name: tree.Name, env: Environment): ListSymbol | undefined {
  const found = find([env.symbols.lists], name.text);
  if (found !== undefined) return found;
  const location = locationOf(env, name.span);
  env.findings.missing({
    name: name.text,
    location,
    namespaces: [env.symbols.lists],
    say: (suggestion) => diagnostic("unknown-list", location, { name: name.text, suggestion }, guess(name, suggestion)),
  });
  return undefined;
}
