import { hash } from "node:crypto";
import type { AnyAggregate } from "./aggregate-state.ts";
import { canonical } from "./canonical.ts";

/**
 * A hash of everything in the definition that decides which state a history leads to: the fields, the state before the first event, and the events
 * with their versions and their code. What was derived from histories under another shape is derived again. Code that an event only calls does
 * not show here; whoever changes it gives the event a new version.
 */
export function shapeOf({ fields, initialState, events }: AnyAggregate): string {
  const applied = Object.entries(events).map(([name, { version, apply }]) => [name, version, String(apply)]);
  return hash("sha256", canonical([fields, initialState, applied]), "base64url").slice(0, 22);
}
