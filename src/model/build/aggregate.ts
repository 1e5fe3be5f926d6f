import type { Aggregate, Invariant, Unique, Upgrade } from "../aggregate.ts";
import { at, type Environment, locationOf, placeOf } from "../resolve/environment.ts";
import { findEvent, guess } from "../resolve/find-type.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import { withPresent } from "../resolve/scope.ts";
import { find } from "../symbols/namespace.ts";
import type { AggregateSymbol } from "../symbols/symbols.ts";
import { buildAllows } from "./allow.ts";
import { buildCommand } from "./command.ts";
import { buildCondition } from "./condition.ts";
import { declaredAs, formerly, questionsOf } from "./declared.ts";
import { buildEvent } from "./event.ts";
import { buildStateFields } from "./field.ts";
import { buildReason } from "./reason.ts";
import { stateScope } from "./scopes.ts";

export function buildAggregate(outside: Environment, aggregate: AggregateSymbol): Aggregate {
  const env = at(outside, aggregate.source, aggregate.context);
  const { tree } = aggregate;
  const rules = buildAllows(env, aggregate);
  return {
    kind: "aggregate",
    ...declaredAs(env, tree),
    ...formerly(tree.was),
    context: aggregate.context,
    state: buildStateFields(env, aggregate.fields),
    commands: [...aggregate.commands.entries].map(([name, { item }]) => buildCommand(env, item, rules.commands.get(name) ?? [])),
    events: [...aggregate.events.entries].map(([name, { item }]) => buildEvent(env, item, rules.events.get(name) ?? [])),
    invariants: buildInvariants(env, aggregate),
    uniques: buildUniques(env, aggregate),
    upgrades: buildUpgrades(env, aggregate),
    questions: [tree, ...tree.commands, ...tree.events].flatMap((block) => questionsOf(env, block)),
  };
}

function buildInvariants(env: Environment, aggregate: AggregateSymbol): readonly Invariant[] {
  return aggregate.tree.invariants.flatMap((invariant) => {
    const scope = stateScope(env, aggregate, "an invariant");
    const reason = buildReason(invariant.reason, scope);
    const condition = buildCondition(invariant.condition, scope);
    return reason && condition ? [{ reason, condition, place: placeOf(env, invariant.span) }] : [];
  });
}

function buildUniques(env: Environment, aggregate: AggregateSymbol): readonly Unique[] {
  return aggregate.tree.uniques.flatMap((unique) => {
    const { field } = unique;
    // None never collides, so that there is a value where the reason is given.
    const reason = buildReason(unique.reason, withPresent(stateScope(env, aggregate, `a "unique" line`), [`state.${field.text}`]));
    if (find([aggregate.fields], field.text) !== undefined) {
      return reason ? [{ field: field.text, reason, place: placeOf(env, unique.span) }] : [];
    }
    const location = locationOf(env, field.span);
    const of = `the state of "${aggregate.name}"`;
    env.findings.missing({
      name: field.text,
      location,
      namespaces: [aggregate.fields],
      say: (suggestion) => diagnostic("unknown-field", location, { name: field.text, of, suggestion }, guess(field, suggestion)),
    });
    return [];
  });
}

function buildUpgrades(env: Environment, aggregate: AggregateSymbol): readonly Upgrade[] {
  return aggregate.tree.upgrades.flatMap(({ event, from, span }) =>
    findEvent(env, [event], aggregate) === undefined ? [] : [{ event: event.text, from, place: placeOf(env, span) }],
  );
}
