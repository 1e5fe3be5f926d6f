import type { Application } from "../application.ts";
import type { LogCheck } from "../evolution/log-check.ts";
import type { FlowsAtWork } from "../flows/flows.ts";
import type { EventTail } from "../read/event-tail.ts";
import type { Lists } from "../read/lists.ts";
import type { EventLog } from "../store/event-log.ts";
import type { Inbox } from "../write/inbox.ts";
import type { WriteModel } from "../write/write-model.ts";
import type { Admission } from "./admission.ts";
import type { DevLogin } from "./identity/dev-login.ts";
import type { Identity } from "./identity/identity.ts";
import type { Origins } from "./origins.ts";

/** What stands behind every way in. */
export interface Services {
  readonly application: Application;
  readonly log: EventLog;
  readonly check: LogCheck;
  readonly write: WriteModel;
  /** Where commands wait whose senders do not; opened when the first one comes, or when an earlier process left some. */
  inbox(): Promise<Inbox>;
  readonly lists: Lists;
  /** Where the application has some. */
  readonly flows?: FlowsAtWork;
  readonly tail: EventTail;
  readonly identity: Identity;
  /** In development, gives a token to whoever says who they are. */
  readonly login?: () => Promise<DevLogin>;
  readonly admission: Admission;
  readonly origins: Origins;
  /** Whether what a proxy tells of its clients is to be believed. */
  readonly isBehindProxy: boolean;
  newId(): string;
  /** Aborted when the server stops taking requests. */
  readonly closing: AbortSignal;
  /** Takes what went wrong without being the fault of any request. */
  report(fault: unknown): void;
  /** Why the log takes nothing more from this process, in a sentence; undefined as long as it does. */
  supersededBy(): string | undefined;
}
