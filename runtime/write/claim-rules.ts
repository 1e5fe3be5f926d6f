import { hash } from "node:crypto";
import { meaningOf } from "../evolution/meaning.ts";
import type { AnyAggregate } from "./aggregate-state.ts";
import { canonical } from "./canonical.ts";

/**
 * A hash of all that decides who holds which unique value: models that agree in it may append to one log side by side, whatever else they differ in. Empty for a model
 * without unique fields, as it is for a log that never had any.
 */
export function claimRules(definitions: readonly AnyAggregate[]): string {
  const rules = definitions.flatMap((definition) => (definition.unique ?? []).map(({ field }) => ruleOf(definition, field)));
  return rules.length === 0 ? "" : hash("sha256", rules.sort().join("\n"), "base64url");
}

function ruleOf(definition: AnyAggregate, field: string): string {
  const { context, name, fields, initialState, events } = definition;
  const deciding = Object.entries(events)
    .filter(([, { apply }]) => mayDecide(String(apply), field))
    .map(([event, { version, apply }]) => [event, version, String(apply), meaningOf(definition, event)]);
  const [type, initial] = [fields, initialState].map((of) => (of as Readonly<Record<string, unknown>>)[field] ?? null);
  return canonical([context, name, field, type, initial, deciding]);
}

/**
 * Whether an event can change what a field holds, or end the aggregate, as far as its code tells. Code that does not name the fields that it sets, or hands
 * the aggregate on to other code, may do anything.
 */
export function mayDecide(code: string, field: string): boolean {
  const [head = "", aggregate] = /^[^(]*\(\s*([\p{L}\p{N}_$]*)/u.exec(code) ?? [];
  const body = code.slice(head.length);
  if (aggregate === undefined) return true;
  if (aggregate === "") return !/^\s*\)/.test(body);
  const isHandedOn = [...body.matchAll(/[\p{L}\p{N}_$.]+/gu)].some(([word]) => word === aggregate);
  return isHandedOn || body.includes(field) || /\bend\(|\bsetState\((?!\s*\{)|\.\.\.|\[/.test(body);
}
