import { hash } from "node:crypto";
import { meaningOf } from "../evolution/meaning.ts";
import type { AnyAggregate } from "./aggregate-state.ts";
import { canonical } from "./canonical.ts";

/**
 * A hash of everything in the definition that decides which state a history leads to: the fields, the state before the first event, and the events
 * with their versions, their code, and what stored ones mean. What was derived from histories under another shape is derived again. Code that an event only calls does
 * not show here; whoever changes it gives the event a new version.
 */
export function shapeOf(definition: AnyAggregate): string {
  const { fields, initialState, events } = definition;
  const applied = Object.entries(events).map(([name, { version, apply }]) => [name, version, String(apply), meaningOf(definition, name)]);
  return hash("sha256", canonical([fields, initialState, applied]), "base64url").slice(0, 22);
}
