import type { User } from "../protocol/user.ts";
import { isRecord, type Json } from "../protocol/is-record.ts";

/** Somebody who wants to hear of events. */
export interface Subscription {
  /** Those that have all that it says. */
  readonly filter: Json;
  readonly user: User;
  /** Takes an event as JSON text. */
  send(event: string): void;
}

/** Whether two are the same user, with the same rights. */
export function isSame(one: User, other: User): boolean {
  return one.id === other.id && String(one.roles) === String(other.roles);
}

/** It is looked at with every event. */
const longestFilter = 10_000;

/** A filter as it came over the wire, which is everything where there is none; undefined where it is no filter. */
export function readFilter(filter: unknown): Json | undefined {
  if (filter === undefined || filter === null) return {};

  return isRecord(filter) && JSON.stringify(filter).length <= longestFilter ? filter : undefined;
}

/** The command whose story it is about, where it is about one alone. */
export function correlationOf(filter: Json): string | undefined {
  const { metadata } = filter;

  return isRecord(metadata) && typeof metadata["correlationId"] === "string" ? metadata["correlationId"] : undefined;
}

export const wantsFacts = ({ type }: Json): boolean => type === undefined || type === "domain";

/** Whether anything that happens to a list could be what it is about. */
export function wantsList({ type, context, aggregate }: Json, list: string): boolean {
  const isNamed = (member: unknown, name: string) => !isRecord(member) || member["name"] === undefined || member["name"] === name;

  return (type === undefined || type === "readModel") && isNamed(context, "lists") && isNamed(aggregate, list);
}
