import type { Event } from "../protocol/event.ts";

/** What became of a command, as a log keeps it. */
export interface StoredCommand {
  readonly id: string;
  readonly digest: string;
  readonly position: number;
  readonly revision: number;
  /** The names of its events. */
  readonly events: readonly string[];
  /** Why it was rejected; null where it was not. */
  readonly problem: unknown;
}

/** A log as it is stored, for those who look at it or copy it while others append; nothing is made or changed. What it holds is never changed again, so a copy up to a position is consistent. */
export interface StoredLog {
  head(): Promise<{ readonly position: number; readonly incarnation: string }>;
  /** Events after a position, oldest first, at most `limit`. */
  events(after: number, limit: number): Promise<readonly Event[]>;
  /** Commands up to a position, in the order of their ids after one of them, at most `limit`. */
  commands(after: string, upTo: number, limit: number): Promise<readonly StoredCommand[]>;
  close(): Promise<void>;
}

/** A part of a log on its way into an empty one. */
export interface LogPart {
  readonly events: readonly Event[];
  readonly commands: readonly StoredCommand[];
}
