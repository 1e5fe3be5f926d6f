import type { Upgrade } from "../../model/aggregate.ts";
import type { Change, Event, UpdateItems } from "../../model/event.ts";
import type { Expression } from "../../model/expression.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import { statementsAt } from "../javascript/lay-out-statements.ts";
import {
  array,
  arrow,
  binary,
  call,
  changed,
  conditional,
  constant,
  member,
  name,
  object,
  path,
  type Js,
  type Statement,
} from "../javascript/syntax.ts";
import { usedParameters } from "../javascript/uses.ts";
import { upgradeName } from "./code.ts";
import { elementOf } from "./collections.ts";
import { deny } from "./deny.ts";
import { emitExpression } from "./expression.ts";
import { emitFields, formerNames } from "./field.ts";
import { narrowingIn } from "./narrowing.ts";
import type { Scope } from "./scope.ts";
import { eventScope, Locals, type Subject } from "./scopes.ts";
import { methodText, openingText, propertyText } from "./section.ts";

export function shapeEvent(event: Event, subject: Subject, upgrades: readonly Upgrade[]) {
  const scope = eventScope(subject, new Locals(subject.variable, "event", "item"), narrowingIn(event.changes));
  const body = event.changes.map((change) => emitChange(change, subject, scope));
  const evolution = [
    ...formerNames(event.was),
    ...(event.retired ? [["retired", constant(true)] as const] : []),
    ["version", constant(versionOf(upgrades))] as const,
  ];
  return {
    open: openingText(1, event.name),
    evolution: evolution.map(([key, value]) => propertyText(2, key, value)).join("\n"),
    upgrades: upgrades.length === 0 ? "" : propertyText(2, "upgrades", emitUpgrades(upgrades)),
    fields: propertyText(2, "fields", emitFields(event.fields, subject.imports)),
    apply: methodText(2, "apply", usedParameters([subject.variable, "event"], body)),
    body: statementsAt(3, body),
  };
}

/** An upgrade makes one version the next; without one there is only the first. */
const versionOf = (upgrades: readonly Upgrade[]): number => Math.max(0, ...upgrades.map(({ from }) => from)) + 1;

const emitUpgrades = (upgrades: readonly Upgrade[]): Js =>
  object(upgrades.map((upgrade) => [String(upgrade.from), name(upgradeName(upgrade))]));

/** A change of fields as a call of what holds them. */
export function emitChange(change: Change, { variable }: Subject, scope: Scope): Statement {
  switch (change.kind) {
    case "set": {
      const changes = object(change.assignments.map(({ field, value }) => [field, emitExpression(value, scope)]));
      return { kind: "do", expression: call(path(variable, "setState"), changes) };
    }
    case "add-to": {
      const value = emitExpression(change.value, scope);
      // `concat` takes a list apart; what may be one stands in a list of its own.
      const mayBeList = ["list", "json", "optional"].includes(change.value.type.kind);
      return setList(change.field, variable, (list) => call(member(list, "concat"), mayBeList ? array([value]) : value));
    }
    case "remove-from": {
      const value = emitExpression(change.value, scope);
      if (isComposed(change.value))
        return setList(change.field, variable, (list) => scope.imports.calculate("content", "without", list, value));
      return setList(change.field, variable, (list) => call(member(list, "filter"), arrow(["item"], binary(name("item"), "!==", value))));
    }
    case "remove-items": {
      const stays = deny(emitExpression(change.condition, scope));
      return setList(change.field, variable, (list) => call(member(list, "filter"), arrow([elementOf(change.variable, scope)], stays)));
    }
    case "update-items":
      return setList(change.field, variable, (list) => emitUpdate(change, list, scope));
    case "end":
      return { kind: "do", expression: call(path(variable, "end")) };
  }
}

const isComposed = ({ type }: Expression) => ["value", "list", "map"].includes(withoutOptional(type).kind);

/** `list.map((item) => item.sku === event.data.sku ? { ...item, quantity: 1 } : item)` */
function emitUpdate({ variable, condition, assignments }: UpdateItems, list: Js, scope: Scope): Js {
  const element = elementOf(variable, scope);
  const changes = assignments.map(({ field, value }) => [field, emitExpression(value, scope)] as const);
  return call(
    member(list, "map"),
    arrow([element], conditional(emitExpression(condition, scope), changed(name(element), changes), name(element))),
  );
}

/** `basket.setState({ tags: … })`, made of the list as it is. */
function setList(field: string, variable: string, change: (list: Js) => Js): Statement {
  return { kind: "do", expression: call(path(variable, "setState"), object([[field, change(path(variable, "state", field))]])) };
}
