import type { Event } from "./event.ts";
import type { Problem } from "./problem.ts";
import type { Changes, NamedAsk, Query, Row } from "./query.ts";

/** One WebSocket carries everything the SDK does, as JSON text frames at `/api/socket`. `id` ties answers to what asked for them. */
export type ClientMessage =
  /**
   * Whose messages come from now on: by a token, or nobody's where it is null. What comes after it waits until that is decided; where the token is refused, everything is, until a
   * better one comes.
   */
  | { readonly type: "authenticate"; readonly id: string; readonly token: string | null }
  | { readonly type: "command"; readonly id: string; readonly command: CommandRequest }
  | ({ readonly type: "read"; readonly id: string } & ListRequest)
  | ({ readonly type: "count"; readonly id: string } & ListRequest)
  /** `token` is of what was received last, by whoever was away: where it can be, only what changed since is sent. */
  | ({ readonly type: "observe"; readonly id: string; readonly token?: string } & ListRequest)
  | { readonly type: "events"; readonly id: string; readonly filter: EventFilter }
  /** Ends what `observe` or `events` with this id began. */
  | { readonly type: "cancel"; readonly id: string }
  /** Answered by `pong`: how a client notices that a connection is dead, though nobody closed it. */
  | { readonly type: "ping"; readonly id: string };

export interface ListRequest {
  readonly list: string;
  /** The name of one of the list's queries; `query` then holds its parameters. */
  readonly named?: string;
  readonly query: Query | NamedAsk;
  /** Answers are of this position of the log at least. */
  readonly after?: number;
}

export interface CommandRequest {
  readonly id: string;
  readonly context: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly name: string;
  readonly data: unknown;
}

/** Which events to send: all that the user may see, or those of one context, aggregate kind, instance or name. */
export interface EventFilter {
  readonly context?: string;
  readonly aggregate?: string;
  readonly aggregateId?: string;
  readonly name?: string;
  /** Events after this position first, then live ones; live ones only where it is missing. */
  readonly after?: number;
}

export type ServerMessage =
  /** `expiresIn` are the milliseconds until the token ends. What was observed as somebody else has ended with the problem `not-authenticated`. */
  | { readonly type: "authenticated"; readonly id: string; readonly expiresIn?: number }
  /** The token has ended, and with it what was observed; `id` is that of `authenticate`. */
  | { readonly type: "expired"; readonly id: string }
  | { readonly type: "handled"; readonly id: string; readonly outcome: Handled }
  | ({ readonly type: "rows"; readonly id: string; readonly rows: readonly Row[]; readonly position: number } & Rows)
  | { readonly type: "count"; readonly id: string; readonly count: number; readonly position: number }
  | {
      readonly type: "changes";
      readonly id: string;
      readonly changes: Changes;
      readonly from: number;
      readonly to: number;
      readonly token: string;
    }
  /** The first answer to `events`: all that happens after this position will be sent. */
  | { readonly type: "started"; readonly id: string; readonly position: number }
  | { readonly type: "event"; readonly id: string; readonly event: Event }
  | { readonly type: "pong"; readonly id: string }
  | { readonly type: "problem"; readonly id: string; readonly problem: Problem };

interface Rows {
  /** Of an answer to `read`: where the next page begins, where there is one. */
  readonly cursor?: string;
  /** Of an answer to `observe`: where it can go on after a lost connection. */
  readonly token?: string;
  /** In the place of what was received before, because what changed in between is not known any more. */
  readonly reset?: true;
}

/** A command that was carried out, durably. */
export interface Handled {
  /** The log's position of its last event; where it published none, of the log when it was handled. */
  readonly position: number;
  readonly revision: number;
  readonly events: readonly string[];
}
