import { problem } from "../../runtime/protocol/problem.ts";
import type { NewClaim } from "../../runtime/store/claim.ts";
import type { Append, EventLog, NewEvent } from "../../runtime/store/event-log.ts";

let count = 0;

/** An append that a test can read: what matters is said, the rest is filled in. */
export function append(aggregateId: string, expectedRevision: number, more: Partial<Append> = {}): Append {
  count += 1;
  return {
    context: "communication",
    aggregate: "message",
    aggregateId,
    expectedRevision,
    events: [event("sent", { text: `event ${count}` })],
    userId: null,
    timestamp: "2026-01-31T09:30:00.000Z",
    correlationId: `story-${count}`,
    causationId: `cause-${count}`,
    command: command(`command-${count}`),
    ...more,
  };
}

export function command(id: string, digest = "digest"): Append["command"] {
  return { id, digest, outcome: { kind: "handled" } };
}

export function event(name: string, data: unknown): NewEvent {
  count += 1;
  return { id: `event-${count}`, name, version: 1, data };
}

/** What an aggregate claims of the field "handle". */
export function claim(value: string | null, field = "handle"): NewClaim {
  return { field, value, taken: problem("rejected", `${field} ${value} is taken.`) };
}

export async function appendOne(log: EventLog, one: Append) {
  const [appended] = await log.append([one]);
  return appended!;
}
