import type { Event } from "../protocol/event.ts";
import type { Problem } from "../protocol/problem.ts";
import type { Handled } from "../protocol/socket.ts";
import type { Claims, NewClaim } from "./claim.ts";
import type { Snapshot } from "./snapshot.ts";

/** An event that has no place in the log yet. */
export interface NewEvent {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly data: unknown;
}

/** What one command leaves behind: its events at a revision, and its outcome under its id. All of it is stored, or nothing. */
export interface Append {
  readonly context: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  /** The revision the decision was made on; 0 for an aggregate that does not exist. */
  readonly expectedRevision: number;
  /**
   * The command whose events brought the aggregate to the expected revision, where the decision was made before they were committed.
   * The revision alone would not notice that they were refused and another writer's events took their place.
   */
  readonly basedOn?: string;
  readonly events: readonly NewEvent[];
  /** The unique fields whose values the events change. Where another aggregate holds one of the values, the command is rejected instead. */
  readonly claims?: readonly NewClaim[];
  readonly userId: string | null;
  readonly timestamp: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly command: {
    readonly id: string;
    /** A hash of what was asked, to tell a repetition from a reuse. */ readonly digest: string;
    readonly outcome: Outcome;
  };
}

/** How a command ended. `position` of a handled one is filled in by the log. */
export type Outcome = { readonly kind: "handled" } | { readonly kind: "rejected"; readonly problem: Problem };

export type Appended =
  | { readonly kind: "appended"; readonly handled: Handled }
  | { readonly kind: "rejected"; readonly problem: Problem }
  /** Another append was there first: load and decide again. */
  | { readonly kind: "conflict"; readonly revision: number }
  /** The id was used before: by the same command (here is its answer), or by another one. */
  | { readonly kind: "repeated"; readonly digest: string; readonly answer: { readonly handled: Handled } | { readonly problem: Problem } };

/** All events that are stored under one name and version. */
export interface StoredName {
  readonly context: string;
  readonly aggregate: string;
  readonly name: string;
  readonly version: number;
  readonly count: number;
  /** The position of the first of them. */
  readonly first: number;
}

/** The truth: append-only, positions gap-free in commit order, revisions gap-free per aggregate. */
export interface EventLog {
  /** One durable transaction for the whole batch; each append succeeds or fails on its own. Resolves after the commit, never before. */
  append(batch: readonly Append[]): Promise<readonly Appended[]>;
  /** One aggregate's events after a revision, oldest first. */
  history(
    aggregate: { readonly context: string; readonly aggregate: string; readonly id: string },
    after: number,
  ): Promise<readonly Event[]>;
  /** What it takes to bring an aggregate to life: its last snapshot of this shape, where there is one, and the events after it. */
  recall(
    aggregate: { readonly context: string; readonly aggregate: string; readonly id: string },
    shape: string,
  ): Promise<{ readonly snapshot?: Snapshot; readonly events: readonly Event[] }>;
  /**
   * Keeps a snapshot of what is in the log, in the place of an older one. It waits neither for the disk nor for other processes, so that no append has to
   * wait for it; where it cannot be written at once, it fails.
   */
  keepSnapshot(aggregate: { readonly context: string; readonly aggregate: string; readonly id: string }, snapshot: Snapshot): Promise<void>;
  /** The histories of all aggregates of a kind, one after the other by id, after a place in them; at most `limit` events. */
  histories(
    kind: { readonly context: string; readonly aggregate: string },
    after: { readonly id: string; readonly revision: number } | undefined,
    limit: number,
  ): Promise<readonly Event[]>;
  /** Events after a position, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<readonly Event[]>;
  /** Which events there are after a position and up to another, by what they are stored as. */
  names(after: number, to: number): Promise<readonly StoredName[]>;
  /** What is known of a command id. */
  outcome(commandId: string): Promise<(Appended & { readonly kind: "repeated" }) | undefined>;
  head(): Promise<{ readonly position: number; readonly incarnation: string }>;
  readonly claims: Claims;
  /** Tells after each commit that the log has grown; hints, not a promise. Returns how to stop it. */
  onGrown(listener: (position: number) => void): () => void;
  close(): Promise<void>;
}
