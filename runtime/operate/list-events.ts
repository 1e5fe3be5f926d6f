import { setTimeout } from "node:timers/promises";
import type { Event } from "../protocol/event.ts";
import type { StoredLog } from "../store/stored-log.ts";
import { isCalled } from "./unknown-event.ts";

/** Which events are asked for; all of what is given has to be so. */
export interface Wanted {
  readonly after: number;
  readonly take: number;
  /** `message.sent`, `communication.message.sent`, or only `sent`. */
  readonly name?: string;
  readonly on?: string;
  readonly user?: string;
  readonly since?: string;
  readonly until?: string;
  /** Whether to wait for more when all is told. */
  readonly follow: boolean;
}

const atOnce = 1_000;
const pause = 300;

/** The events that are wanted, in the order of the log. `atEnd` is told when the log ends for the first time, with the full names of all that is in it. */
export async function* eventsWanted(
  log: StoredLog,
  wanted: Wanted,
  atEnd: (names: ReadonlySet<string>) => void = () => undefined,
): AsyncIterable<Event> {
  const names = new Set<string>();
  let told = 0;
  for (let after = wanted.after; ;) {
    const events = await log.events(after, atOnce);
    for (const event of events) {
      names.add(fullName(event));
      if (!isWanted(event, wanted)) continue;
      yield event;
      if (++told >= wanted.take) return;
    }
    after = events.at(-1)?.metadata.position ?? after;
    if (events.length > 0) continue;
    atEnd(names);
    atEnd = () => undefined;
    if (!wanted.follow) return;
    await setTimeout(pause);
  }
}

const fullName = ({ context, aggregate, name }: Event): string => `${context.name}.${aggregate.name}.${name}`;

function isWanted(event: Event, wanted: Wanted): boolean {
  const { aggregate, user, metadata } = event;
  return (
    (wanted.name === undefined || isCalled(fullName(event), wanted.name)) &&
    (wanted.on === undefined || aggregate.id === wanted.on) &&
    (wanted.user === undefined || user.id === wanted.user) &&
    (wanted.since === undefined || metadata.timestamp >= wanted.since) &&
    (wanted.until === undefined || metadata.timestamp <= wanted.until)
  );
}

/** "12  2026-01-31T09:30:00.000Z  communication.message.sent  m1  by jane  {"text":"hey"}" */
export function inOneLine(event: Event): string {
  const { aggregate, data, user, metadata } = event;
  const who = user.id === null ? "" : `by ${user.id}  `;
  return `${metadata.position}  ${metadata.timestamp}  ${fullName(event)}  ${aggregate.id}  ${who}${JSON.stringify(data)}`;
}
