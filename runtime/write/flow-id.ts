import { hash } from "node:crypto";

const prefix = "flow:";

/**
 * An id that a flow gives, the same at every repetition. It begins with a time, so that later ids sort after earlier ones as those of
 * `timeOrderedId` do. Who can see an event can work out the ids that follow from it: `isOfFlow` keeps everybody else from using them first.
 */
export function flowId(time: number, ...parts: readonly (string | number)[]): string {
  const digits = Math.max(0, Math.min(time, 0xffff_ffff_ffff)).toString(16).padStart(12, "0");
  return `${prefix}${digits}-${hash("sha256", JSON.stringify(parts), "base64url").slice(0, 22)}`;
}

/** What such an id looks like. */
export const idOfFlow = /flow:[0-9a-f]{12}-[\w-]{22}/;

/** Whether only flows may use the id for a command, or begin an aggregate under it. */
export function isOfFlow(id: string): boolean {
  return id.startsWith(prefix);
}

/** The time that an id of a flow begins with. */
export function timeOf(id: string): number {
  return Number.parseInt(id.slice(prefix.length, prefix.length + 12), 16);
}
