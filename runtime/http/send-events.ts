import { problem, type Problem } from "../protocol/problem.ts";
import type { EventFilter } from "../protocol/socket.ts";
import type { User } from "../protocol/user.ts";
import { hasRoom, type Outlet } from "./outlet.ts";
import type { Services } from "./services.ts";
import { matches, visibleTo } from "./visible-events.ts";

export interface EventSink {
  started(position: number): void;
  /** The event as JSON text. */
  event(event: string, position: number): void;
  problem(problem: Problem): void;
}

const textMembers = ["context", "aggregate", "aggregateId", "name"];

/** Why a filter that came over the wire is none. */
export function wrongInFilter(filter: unknown): Problem | undefined {
  if (typeof filter !== "object" || filter === null || Array.isArray(filter))
    return problem("malformed", "The filter has to be an object.");
  for (const [name, value] of Object.entries(filter)) {
    const isText = textMembers.includes(name) && typeof value === "string";
    const isPosition = name === "after" && Number.isSafeInteger(value) && (value as number) >= 0;
    if (value === undefined || isText || isPosition) continue;

    return problem("malformed", `"${name.slice(0, 100)}" is no filter for events, or does not have the right form.`);
  }

  return undefined;
}

/** Sends the events that the user may see, in their order, as fast as the outlet takes them, until it is gone. */
export async function sendEvents(services: Services, filter: EventFilter, user: User, sink: EventSink, outlet: Outlet): Promise<void> {
  const isVisible = visibleTo(user, services);
  let position = filter.after ?? (await services.log.head()).position;
  sink.started(position);

  while (!outlet.gone.aborted) {
    const events = await services.tail.next(position, outlet.gone);
    if (events.length === 0) return;
    for (const event of events) {
      position = event.metadata.position;
      if (matches(filter, event) && (await isVisible(event))) sink.event(JSON.stringify(event), position);
    }
    if (await hasRoom(outlet)) continue;
    if (!outlet.gone.aborted)
      sink.problem(problem("unavailable", `More happens than you read; ask again for what comes after ${position}.`));

    return;
  }
}
