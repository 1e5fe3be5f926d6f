import type { Upgrade } from "../../model/aggregate.ts";
import type { Change, Event } from "../../model/event.ts";
import { statementsAt } from "../javascript/lay-out-statements.ts";
import { call, constant, name, object, path, type Js, type Statement } from "../javascript/syntax.ts";
import { usedParameters } from "../javascript/uses.ts";
import { upgradeName } from "./code.ts";
import { emitExpression } from "./expression.ts";
import { emitFields, formerNames } from "./field.ts";
import { emitListChange } from "./list-change.ts";
import { narrowingIn } from "./narrowing.ts";
import type { Scope } from "./scope.ts";
import { eventScope, Locals, type Subject } from "./scopes.ts";
import { methodText, openingText, propertyText } from "./section.ts";

export function shapeEvent(event: Event, subject: Subject, upgrades: readonly Upgrade[]) {
  const scope = eventScope(subject, new Locals(subject.variable, "event", "item"), narrowingIn(event.changes));
  const body = event.changes.flatMap((change) => emitOwnChange(change, subject, scope));
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

/** What is called owner is no field: it is who the aggregate belongs to. */
function emitOwnChange(change: Change, subject: Subject, scope: Scope): readonly Statement[] {
  const owner = change.kind === "set" ? change.assignments.find(({ field }) => field === "owner") : undefined;
  if (change.kind !== "set" || owner === undefined) return [emitChange(change, subject, scope)];
  const others = change.assignments.filter((assignment) => assignment !== owner);
  const setOwner: Statement = { kind: "do", expression: call(path(subject.variable, "setOwner"), emitExpression(owner.value, scope)) };
  return [...(others.length === 0 ? [] : [emitChange({ ...change, assignments: others }, subject, scope)]), setOwner];
}

/** A change of fields as a call of what holds them. */
export function emitChange(change: Change, { variable }: Subject, scope: Scope): Statement {
  switch (change.kind) {
    case "set": {
      const changes = object(change.assignments.map(({ field, value }) => [field, emitExpression(value, scope)]));
      return { kind: "do", expression: call(path(variable, "setState"), changes) };
    }
    case "add-to":
    case "remove-from":
    case "remove-items":
    case "update-items":
      return setList(change.field, variable, (list) => emitListChange(change, list, scope));
    case "end":
      return { kind: "do", expression: call(path(variable, "end")) };
  }
}

/** `basket.setState({ tags: … })`, made of the list as it is. */
function setList(field: string, variable: string, change: (list: Js) => Js): Statement {
  return { kind: "do", expression: call(path(variable, "setState"), object([[field, change(path(variable, "state", field))]])) };
}
