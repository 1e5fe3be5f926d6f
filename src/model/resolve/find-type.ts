import type * as tree from "../../../grammar/ast.ts";
import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Suggestion } from "../../diagnostics/suggest.ts";
import { find, type Namespace } from "../symbols/namespace.ts";
import { builtInTypes, isBuiltInType } from "../../../grammar/built-in-types.ts";
import type { AggregateSymbol, CommandSymbol, EventSymbol, TypeSymbol } from "../symbols/symbols.ts";
import { complain, type Environment, locationOf } from "./environment.ts";
import { typeMeantBy } from "./foreign-types.ts";

/** Looks a declared type or aggregate up: in the own context, beside the contexts, then in any other context that alone has it. */
export function findType(env: Environment, path: tree.Path): TypeSymbol | undefined {
  const [first, second] = path.parts;
  if (first === undefined) return undefined;
  if (second !== undefined) return findInContext(env, first, second);
  return find(near(env), first.text) ?? findElsewhere(env, first);
}

function near({ symbols, context }: Environment): readonly Namespace<TypeSymbol>[] {
  const own = context === undefined ? undefined : symbols.contexts.entries.get(context)?.item;
  return own === undefined ? [symbols.shared.types] : [own.types, symbols.shared.types];
}

function findElsewhere(env: Environment, name: tree.Name): TypeSymbol | undefined {
  const candidates = env.symbols.everywhere.get(name.text) ?? [];
  const [only] = candidates;
  if (candidates.length > 1) {
    return complain(env, "name-ambiguous", name.span, {
      name: name.text,
      meanings: candidates.map((symbol) => `${symbol.context ?? ""}.${symbol.name}`),
    });
  }
  if (only?.context !== undefined) return find([typesOf(env, only.context)].flat(), name.text);
  env.findings.missing({
    name: name.text,
    location: locationOf(env, name.span),
    namespaces: allTypes(env),
    words: builtInTypes,
    say: (suggestion) => unknownType(env, name, suggestion),
  });
  return undefined;
}

/** A name of the model that is as near as that is more likely than a word of another language. */
function unknownType(env: Environment, name: tree.Name, suggestion: Suggestion): Diagnostic {
  const meant = suggestion.nearest === undefined || isBuiltInType(suggestion.nearest) ? typeMeantBy(name.text) : undefined;
  if (meant === undefined)
    return diagnostic("unknown-type", locationOf(env, name.span), { name: name.text, suggestion }, guess(name, suggestion));
  const fix = meant.includes("…") ? undefined : { span: name.span, text: meant, safe: true };
  return diagnostic("unknown-type", locationOf(env, name.span), { name: name.text, suggestion, meant }, { fix });
}

const allTypes = ({ symbols }: Environment) => [
  symbols.shared.types,
  ...[...symbols.contexts.entries.values()].map(({ item }) => item.types),
];

function typesOf({ symbols }: Environment, context: string): readonly Namespace<TypeSymbol>[] {
  const found = symbols.contexts.entries.get(context)?.item;
  return found === undefined ? [] : [found.types];
}

function findInContext(env: Environment, context: tree.Name, name: tree.Name): TypeSymbol | undefined {
  const found = find([env.symbols.contexts], context.text);
  if (found === undefined) return missingContext(env, context);
  const types = [found.types];
  const symbol = find(types, name.text);
  if (symbol !== undefined) return symbol;
  env.findings.missing({
    name: name.text,
    location: locationOf(env, name.span),
    namespaces: types,
    say: (suggestion) => diagnostic("unknown-type", locationOf(env, name.span), { name: name.text, suggestion }, guess(name, suggestion)),
  });
  return undefined;
}

function missingContext(env: Environment, name: tree.Name): undefined {
  env.findings.missing({
    name: name.text,
    location: locationOf(env, name.span),
    namespaces: [env.symbols.contexts],
    say: (suggestion) =>
      diagnostic("unknown-context", locationOf(env, name.span), { name: name.text, suggestion }, guess(name, suggestion)),
  });
}

/** An aggregate by the parts of its name that stand before an event's or a command's. */
export function findAggregate(env: Environment, parts: readonly tree.Name[]): AggregateSymbol | undefined {
  const last = parts.at(-1);
  const first = parts[0];
  if (last === undefined || first === undefined) return undefined;
  if (parts.length === 1) return findAggregateByName(env, last);
  const context = find([env.symbols.contexts], first.text);
  if (context === undefined) return missingContext(env, first);
  const symbol = find([context.types], last.text);
  if (symbol?.kind === "aggregate") return symbol;
  return missingAggregate(env, last, [context.types]);
}

function findAggregateByName(env: Environment, name: tree.Name): AggregateSymbol | undefined {
  const own = near(env)
    .map(({ entries }) => entries.get(name.text))
    .find((entry) => entry?.item.kind === "aggregate");
  if (own?.item.kind === "aggregate") {
    own.uses++;
    return own.item;
  }
  const candidates = (env.symbols.everywhere.get(name.text) ?? []).filter((symbol) => symbol.kind === "aggregate");
  if (candidates.length > 1) {
    const meanings = candidates.map((symbol) => `${symbol.context}.${symbol.name}`);
    return complain(env, "name-ambiguous", name.span, { name: name.text, meanings });
  }
  const [only] = candidates;
  if (only === undefined) return missingAggregate(env, name, allTypes(env));
  find(typesOf(env, only.context), name.text);
  return only;
}

function missingAggregate(env: Environment, name: tree.Name, namespaces: readonly Namespace<TypeSymbol>[]): undefined {
  env.findings.missing({
    name: name.text,
    location: locationOf(env, name.span),
    namespaces,
    say: (suggestion) =>
      diagnostic("unknown-aggregate", locationOf(env, name.span), { name: name.text, suggestion }, guess(name, suggestion)),
  });
}

/** `liked`, `message.liked` or `communication.message.liked`; `own` is the aggregate whose event a bare name is. */
export function findEvent(env: Environment, path: readonly tree.Name[], own?: AggregateSymbol): EventSymbol | undefined {
  const aggregate = ownerOf(env, path, own, "event");
  return aggregate === undefined ? undefined : findOwn(env, path.at(-1), aggregate, "event");
}

export function findCommand(env: Environment, path: readonly tree.Name[], own?: AggregateSymbol): CommandSymbol | undefined {
  const aggregate = ownerOf(env, path, own, "command");
  return aggregate === undefined ? undefined : findOwn(env, path.at(-1), aggregate, "command");
}

function ownerOf(
  env: Environment,
  path: readonly tree.Name[],
  own: AggregateSymbol | undefined,
  noun: "event" | "command",
): AggregateSymbol | undefined {
  const name = path.at(-1);
  if (path.length > 1) return findAggregate(env, path.slice(0, -1));
  if (own !== undefined || name === undefined) return own;
  const holders = [...env.symbols.everywhere.values()]
    .flat()
    .filter((symbol) => symbol.kind === "aggregate" && symbol[`${noun}s`].entries.has(name.text))
    .map((symbol) => `${symbol.name}.${name.text}`);
  return complain(env, "aggregate-missing", name.span, { noun, name: name.text, holders });
}

function findOwn(env: Environment, name: tree.Name | undefined, aggregate: AggregateSymbol, noun: "event"): EventSymbol | undefined;
function findOwn(env: Environment, name: tree.Name | undefined, aggregate: AggregateSymbol, noun: "command"): CommandSymbol | undefined;
function findOwn(
  env: Environment,
  name: tree.Name | undefined,
  aggregate: AggregateSymbol,
  noun: "event" | "command",
): EventSymbol | CommandSymbol | undefined {
  if (name === undefined) return undefined;
  const namespaces: readonly Namespace<EventSymbol | CommandSymbol>[] = [aggregate[`${noun}s`]];
  const found = find(namespaces, name.text);
  if (found !== undefined) return found;
  const other = noun === "event" ? aggregate.commands : aggregate.events;
  const facts = { name: name.text, aggregate: aggregate.name, isOther: other.entries.has(name.text) };
  env.findings.missing({
    name: name.text,
    location: locationOf(env, name.span),
    namespaces,
    say: (suggestion) => diagnostic(`unknown-${noun}`, locationOf(env, name.span), { ...facts, suggestion }, guess(name, suggestion)),
  });
  return undefined;
}

/** The name of the aggregate that a line stands in; another one is not possible there. */
export function requireOwn(env: Environment, name: tree.Name, own: AggregateSymbol): boolean {
  if (name.text === own.name) return true;
  if (findAggregateByName(env, name) !== undefined) {
    complain(env, "on-other-aggregate", name.span, { name: name.text, aggregate: own.name });
  }
  return false;
}

/** A near name as a fix: it may have been meant. */
export function guess(name: tree.Name, { nearest }: { readonly nearest?: string }) {
  return { fix: nearest === undefined ? undefined : { span: name.span, text: nearest, safe: false } };
}
