import type * as tree from "../../../grammar/ast.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Rule, Who } from "../allow.ts";
import { complain, type Environment, locationOf, placeOf } from "../resolve/environment.ts";
import { findCommand, findEvent, guess } from "../resolve/find-type.ts";
import type { Scope } from "../resolve/scope.ts";
import { find } from "../symbols/namespace.ts";
import type { AggregateSymbol, ListSymbol } from "../symbols/symbols.ts";
import { implies } from "./authenticated.ts";
import { buildCondition } from "./condition.ts";
import { allowScope, readScope } from "./scopes.ts";

/** The rules of an aggregate, by the commands and events that they are about. */
export interface Rules {
  readonly commands: ReadonlyMap<string, readonly Rule[]>;
  readonly events: ReadonlyMap<string, readonly Rule[]>;
}

export function buildAllows(env: Environment, aggregate: AggregateSymbol): Rules {
  const rules = { commands: new Map<string, Rule[]>(), events: new Map<string, Rule[]>() };
  for (const allow of aggregate.tree.allows) {
    if (allow.to === "read") {
      complain(env, "read-in-aggregate", allow.span, { aggregate: aggregate.name });
      continue;
    }
    if (allow.to === "run" && allow.names.every(({ text }) => isOnlyEvent(text, aggregate))) {
      complainOfSee(env, allow);
      continue;
    }
    const rule = buildRule(env, allow, allowScope(env, aggregate, implies(allow.who)));
    for (const name of allow.names) {
      const found = allow.to === "run" ? findCommand(env, [name], aggregate) : findEvent(env, [name], aggregate);
      if (found === undefined || rule === undefined) continue;
      const byName = allow.to === "run" ? rules.commands : rules.events;
      byName.set(name.text, [...(byName.get(name.text) ?? []), rule]);
    }
  }
  return rules;
}

const isOnlyEvent = (name: string, { commands, events }: AggregateSymbol) => events.entries.has(name) && !commands.entries.has(name);

function complainOfSee(env: Environment, { names, span }: tree.Allow): void {
  const first = names[0]?.span.start ?? span.end;
  const fix = { span: { start: first, end: first }, text: "see ", safe: true };
  complain(env, "see-missing", { start: first, end: names.at(-1)?.span.end ?? first }, { names: names.map(({ text }) => text) }, { fix });
}

export function buildReadAllows(env: Environment, list: ListSymbol): readonly Rule[] {
  return list.tree.allows.flatMap((allow) => {
    if (allow.to !== "read") return complain(env, "read-only-in-list", allow.span, { list: list.name }) ?? [];
    if (allow.who.text === "owner") return complain(env, "owner-of-list", allow.who.span, { list: list.name }) ?? [];
    return buildRule(env, allow, readScope(env, list, implies(allow.who))) ?? [];
  });
}

function buildRule(env: Environment, allow: tree.Allow, scope: Scope): Rule | undefined {
  const who = buildWho(env, allow.who);
  const where = allow.where && buildCondition(allow.where, scope);
  if (who === undefined || (allow.where !== undefined && where === undefined)) return undefined;
  return { who, ...(where && { where }), place: placeOf(env, allow.span) };
}

function buildWho(env: Environment, name: tree.Name): Who | undefined {
  if (name.text === "everyone" || name.text === "authenticated" || name.text === "owner") return { kind: name.text };
  if (find([env.symbols.roles], name.text) !== undefined) return { kind: "role", role: name.text };
  env.findings.missing({
    name: name.text,
    location: locationOf(env, name.span),
    namespaces: [env.symbols.roles],
    words: ["everyone", "authenticated", "owner"],
    say: (near) => {
      const meant = peopleOf(name.text);
      const suggestion = meant === undefined ? near : { nearest: meant, choices: [] };
      return diagnostic("unknown-role", locationOf(env, name.span), { name: name.text, suggestion }, guess(name, suggestion));
    },
  });
  return undefined;
}

const people: Readonly<Record<string, readonly string[]>> = {
  everyone: ["all", "anyone", "anybody", "everybody", "public", "people"],
  authenticated: ["user", "users", "member", "members", "registered", "loggedIn", "known"],
  owner: ["creator", "author", "self", "me"],
};

/** What everybody and their like are called here. */
const peopleOf = (name: string): string | undefined => Object.keys(people).find((who) => people[who]?.includes(name));
