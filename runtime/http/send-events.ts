import { problem, type Problem } from "../protocol/problem.ts";
import type { User } from "../protocol/user.ts";
import type { WantedEvents } from "./event-filter.ts";
import { hasRoom, type Outlet } from "./outlet.ts";
import type { Services } from "./services.ts";
import { visibleTo } from "./visible-events.ts";

export interface EventSink {
  started(position: number): void;
  /** The event as JSON text. */
  event(event: string, position: number): void;
  problem(problem: Problem): void;
}

/** Sends the events that the user may see, in their order, as fast as the outlet takes them, until it is gone. */
export async function sendEvents(services: Services, wanted: WantedEvents, user: User, sink: EventSink, outlet: Outlet): Promise<void> {
  const isVisible = visibleTo(user, services);
  let position = wanted.after ?? (await services.log.head()).position;
  sink.started(position);

  while (!outlet.gone.aborted) {
    const events = await services.tail.next(position, outlet.gone);
    if (events.length === 0) return;
    for (const event of events) {
      position = event.metadata.position;
      if (wanted.isWanted(event) && (await isVisible(event))) sink.event(JSON.stringify(event), position);
    }
    if (await hasRoom(outlet)) continue;
    if (!outlet.gone.aborted)
      sink.problem(problem("unavailable", `More happens than you read; ask again for what comes after ${position}.`));

    return;
  }
}
