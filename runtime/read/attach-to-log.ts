import type { EventLog } from "../store/event-log.ts";
import type { ListStatus, LogHead } from "./read-model.ts";

interface Attaching {
  attach(log: LogHead): Promise<readonly ListStatus[]>;
  attachWithin(log: LogHead): Promise<readonly ListStatus[] | number>;
}

/**
 * Attaches lists to a log of which the head is known as it was some time ago. Since then another process may have appended events, and applied them to the
 * same lists; only where the log does not have what the lists know it is not theirs, and they begin anew.
 */
export async function attachToLog(lists: Attaching, log: Pick<EventLog, "read">, head: LogHead): Promise<readonly ListStatus[]> {
  for (let known = head; ;) {
    const found = await lists.attachWithin(known);
    if (typeof found !== "number") return found;
    const events = await log.read(found - 1, 1);
    if (events.length === 0) return lists.attach(known);
    known = { ...known, position: found };
  }
}
