import type * as tree from "../../../grammar/ast.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Assignment, Expression } from "../expression.ts";
import { find, type Namespace } from "../symbols/namespace.ts";
import type { FieldSymbol } from "../symbols/symbols.ts";
import { fit } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { complain, type Environment, locationOf } from "./environment.ts";
import { guess } from "./find-type.ts";
import { fitted } from "./fitted.ts";
import type { Infer } from "./inference.ts";
import { type Layer, lookUp, type Scope } from "./scope.ts";
import { typeOfField } from "./type.ts";

/** What is assigned to: the fields of an event, a state, a row … */
export interface Target {
  readonly names: Namespace<FieldSymbol>;
  /** For sentences: `the event "sent"`. */
  readonly what: string;
  /** A field with a default may be left out. Not so in what is published: there a default is about older events. */
  readonly defaults?: boolean;
  /** Fields that are there without having been declared, for instance a row's `id`. */
  readonly given?: { readonly [name: string]: Type };
}

export interface Manner {
  /** The place to complain at where a field that is needed is missing; without it, nothing is needed. */
  readonly complete?: tree.Span;
  /** Where the shorthand `a` and `all` take their values: the event, where the place is about one. Without it, the normal lookup. */
  readonly from?: readonly Layer[];
  /** What `all` takes. */
  readonly all?: Layer | undefined;
}

/** The assignments that stand behind a statement, shorthand and `all` expanded, in the target's order. Undefined where one was wrong. */
export function assign(
  args: readonly tree.Arg[],
  target: Target,
  scope: Scope,
  infer: Infer,
  manner: Manner = {},
): readonly Assignment[] | undefined {
  const assigned = new Map<string, Expression | undefined>();
  let isSound = true;
  for (const arg of args) {
    if (arg.kind === "all") continue;
    isSound = assignOne(arg, assigned, target, scope, infer, manner) && isSound;
  }
  const all = args.find(({ kind }) => kind === "all");
  if (all !== undefined) isSound = assignAll(assigned, target, scope, manner) && isSound;
  if (isSound && manner.complete !== undefined)
    isSound = isComplete(assigned, target, scope, { ...manner, complete: manner.complete }, all);
  return isSound ? inOrder(assigned, target) : undefined;
}

function inOrder(assigned: ReadonlyMap<string, Expression | undefined>, { names, given }: Target): readonly Assignment[] {
  return [...Object.keys(given ?? {}), ...names.entries.keys()].flatMap((field) => {
    const value = assigned.get(field);
    return value === undefined ? [] : [{ field, value }];
  });
}

function assignOne(
  { name, value, span }: Extract<tree.Arg, { readonly kind: "arg" }>,
  assigned: Map<string, Expression | undefined>,
  target: Target,
  scope: Scope,
  infer: Infer,
  manner: Manner,
): boolean {
  const { env } = scope;
  if (assigned.has(name.text)) {
    complain(env, "assigned-twice", name.span, { name: name.text });
    return false;
  }
  const field = find([target.names], name.text);
  const type = field === undefined ? givenType(target, name.text) : typeOfField(env, field);
  if (type === undefined) return field === undefined ? missingField(name, target, scope) : isUntold(name, assigned);
  const expression = value === undefined ? shorthand(name, scope, infer, manner, type) : infer(value, scope, type);
  const fitting = expression && fitted(expression, type, scope, `"${name.text}"`);
  assigned.set(name.text, fitting && (value === undefined ? { ...fitting, span } : fitting));
  return fitting !== undefined;
}

/** Not every name that an object answers to was given. */
const givenType = ({ given = {} }: Target, name: string): Type | undefined => (Object.hasOwn(given, name) ? given[name] : undefined);

function missingField(name: tree.Name, { names, what }: Target, { env }: Scope): false {
  const location = locationOf(env, name.span);
  env.findings.missing({
    name: name.text,
    location,
    namespaces: [names],
    say: (suggestion) => diagnostic("unknown-field", location, { name: name.text, of: what, suggestion }, guess(name, suggestion)),
  });
  return false;
}

/** `a` is `a = a`; where the place is about an event, `a = event.a`. */
function shorthand(name: tree.Name, scope: Scope, infer: Infer, { from }: Manner, type: Type | undefined): Expression | undefined {
  if (from === undefined) return infer({ kind: "name-expression", name: name.text, span: name.span }, scope, type);
  const binding = lookUp(from, name.text);
  if (binding !== undefined) return binding.type && { ...binding.node, type: binding.type, span: name.span };
  const location = locationOf(scope.env, name.span);
  scope.env.findings.missing({
    name: name.text,
    location,
    namespaces: from.map(({ names }) => names),
    say: (suggestion) => diagnostic("unknown-shorthand", location, { name: name.text, place: scope.place, suggestion }),
  });
  return undefined;
}

/** A field whose own type could not be told: whatever it is given, nothing more can be said about it. */
function isUntold(name: tree.Name, assigned: Map<string, Expression | undefined>): false {
  assigned.set(name.text, undefined);
  return false;
}

/** Every field of the same name, and, to be safe where nobody names them, of a fitting type. False where one could not be told. */
function assignAll(assigned: Map<string, Expression | undefined>, { names }: Target, scope: Scope, { all }: Manner): boolean {
  let isSound = true;
  for (const [name, { item }] of names.entries) {
    const binding = assigned.has(name) || all === undefined ? undefined : bindIn(all, name);
    if (binding === undefined) continue;
    const type = typeOfField(scope.env, item);
    if (binding.type === undefined || type === undefined) isSound = false;
    else if (fit(binding.type, type) !== "no") {
      find([names], name);
      const span = all?.names.entries.get(name)?.location?.span ?? item.tree.span;
      assigned.set(name, fitted({ ...binding.node, type: binding.type, span }, type, scope, name));
    }
  }
  return isSound;
}

const bindIn = (layer: Layer, name: string) => (layer.names.entries.has(name) ? lookUp([layer], name) : undefined);

function isComplete(
  assigned: ReadonlyMap<string, unknown>,
  { names, what, defaults }: Target,
  { env }: Scope,
  { complete, all }: Manner & { readonly complete: tree.Span },
  word: tree.Arg | undefined,
): boolean {
  const missing = [...names.entries.values()].filter(({ name, item }) => !assigned.has(name) && isNeeded(env, item, defaults ?? false));
  const fields = missing.map(({ name }) => name);
  if (fields.length === 0) return true;
  // A value may stand in a line that could not be read.
  if (env.findings.hasFaultyLine(locationOf(env, complete))) return false;
  if (word === undefined || all === undefined) complain(env, "fields-missing", complete, { what, fields });
  else for (const name of fields) missingInAll(name, { names, what }, all, word, env);
  return false;
}

/**
 * What `all` was to take is not there. Where something like it is, that nobody takes, one of the two was mistyped: the one that is written so more
 * rarely in the model.
 */
function missingInAll(name: string, { names, what }: Target, all: Layer, { span }: tree.Arg, env: Environment): void {
  const { findings } = env;
  const location = locationOf(env, span);
  const { nearest } = suggest(
    name,
    [...all.names.entries.keys()].filter((other) => !names.entries.has(other)),
  );
  const isTargetMistyped = nearest !== undefined && findings.frequency(name) <= findings.frequency(nearest);
  findings.missing({
    name: isTargetMistyped ? nearest : name,
    location,
    namespaces: [isTargetMistyped ? names : all.names],
    say: () => diagnostic("fields-missing", location, { what, fields: [name] }),
  });
}

function isNeeded(env: Environment, field: FieldSymbol, defaults: boolean): boolean {
  // A line with a fault in it may not have been meant to be a field at all.
  if (env.findings.isOnFaultyLine({ file: field.source.file, span: field.tree.name.span })) return false;
  const type = typeOfField(env, field);
  const hasDefault = field.tree.kind === "field" && field.tree.default !== undefined;
  return type !== undefined && type.kind !== "optional" && !(defaults && hasDefault);
}
