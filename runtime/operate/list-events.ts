import { setTimeout } from "node:timers/promises";
import type { Event } from "../protocol/event.ts";
import type { StoredLog } from "../store/stored-log.ts";

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

/** The events that are wanted, in the order of the log. */
export async function* eventsWanted(log: StoredLog, wanted: Wanted): AsyncIterable<Event> {
  let told = 0;
  for (let after = wanted.after; ;) {
    const events = await log.events(after, atOnce);
    for (const event of events) {
      if (!isWanted(event, wanted)) continue;
      yield event;
      if (++told >= wanted.take) return;
    }
    after = events.at(-1)?.metadata.position ?? after;
    if (events.length > 0) continue;
    if (!wanted.follow) return;
    await setTimeout(pause);
  }
}

function isWanted({ context, aggregate, name, user, metadata }: Event, wanted: Wanted): boolean {
  const full = `.${context.name}.${aggregate.name}.${name}`;
  return (
    (wanted.name === undefined || full.endsWith(`.${wanted.name}`)) &&
    (wanted.on === undefined || aggregate.id === wanted.on) &&
    (wanted.user === undefined || user.id === wanted.user) &&
    (wanted.since === undefined || metadata.timestamp >= wanted.since) &&
    (wanted.until === undefined || metadata.timestamp <= wanted.until)
  );
}

/** "12  2026-01-31T09:30:00.000Z  communication.message.sent  m1  by jane  {"text":"hey"}" */
export function inOneLine({ context, aggregate, name, data, user, metadata }: Event): string {
  const who = user.id === null ? "" : `by ${user.id}  `;
  return `${metadata.position}  ${metadata.timestamp}  ${context.name}.${aggregate.name}.${name}  ${aggregate.id}  ${who}${JSON.stringify(data)}`;
}
