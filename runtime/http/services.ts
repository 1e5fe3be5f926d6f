import type { Application } from "../application.ts";
import type { User } from "../protocol/user.ts";
import type { EventTail } from "../read/event-tail.ts";
import type { Lists } from "../read/lists.ts";
import type { EventLog } from "../store/event-log.ts";
import type { WriteModel } from "../write/write-model.ts";

/** What stands behind every way in. */
export interface Services {
  readonly application: Application;
  readonly log: EventLog;
  readonly write: WriteModel;
  readonly lists: Lists;
  readonly tail: EventTail;
  /** Who sends a request with this `Authorization` header. */
  userOf(authorization: string | undefined): User;
  newId(): string;
  /** Aborted when the server stops taking requests. */
  readonly closing: AbortSignal;
  /** Takes what went wrong without being the fault of any request. */
  report(fault: unknown): void;
}
