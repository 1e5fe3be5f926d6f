import type { User } from "./user.ts";

/** A wish: what somebody asks one aggregate to do. */
export interface Command<Data = unknown> {
  /** Chosen by the sender; the same id twice has one effect and one answer. */
  readonly id: string;
  readonly context: { readonly name: string };
  readonly aggregate: { readonly name: string; readonly id: string };
  readonly name: string;
  readonly data: Data;
  readonly user: User;
  readonly metadata: {
    /** When the command arrived, ISO 8601 in UTC with milliseconds; `now` in the model. */
    readonly timestamp: string;
    /** The command that began the story this one belongs to; its own id where it began one. */
    readonly correlationId: string;
    /** The event or command that led to this one; its own id where nothing did. */
    readonly causationId: string;
  };
}
