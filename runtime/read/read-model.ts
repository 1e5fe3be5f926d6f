import type { Event } from "../protocol/event.ts";
import type { Problem } from "../protocol/problem.ts";
import type { User } from "../protocol/user.ts";

/** How far one list has come, and why it went no further if it stopped. */
export interface ListStatus {
  readonly list: string;
  /** What the list was called before. */
  readonly was?: readonly string[];
  readonly position: number;
  readonly stopped?: { readonly event: string; readonly position: number; readonly reason: string };
}

/** An answer as JSON text of rows, which is what every way out needs, made once. */
export interface Answer {
  readonly kind: "answer";
  readonly rows: string;
  /** The log's position that the answer is of. */
  readonly position: number;
}

/** Something observed: its first answer, and the number under which changes will come. */
export interface Observed extends Omit<Answer, "kind"> {
  readonly kind: "observed";
  readonly live: number;
}

export interface Refused {
  readonly kind: "refused";
  readonly problem: Problem;
}

/** What a batch of events did to something observed. */
export interface LiveChange {
  readonly live: number;
  /** `Changes` as JSON text. */
  readonly changes: string;
  readonly to: number;
}

export interface Applied {
  /** The position of the last event; 0 where there was none. */
  readonly to: number;
  readonly statuses: readonly ListStatus[];
  readonly live: readonly LiveChange[];
}

export interface Question {
  readonly list: string;
  /** As it came over the wire. */
  readonly query: unknown;
  readonly user: User;
}

/** The lists of one application and what is observed of them. Everything in it can be made again from the log. */
export interface ReadModel {
  /** Where each list stands, at the log that has this incarnation and ends at this position; lists of any other log begin anew. */
  attach(log: { readonly incarnation: string; readonly position: number }): Promise<readonly ListStatus[]>;
  /** Applies events, in the order of the log and without gaps, to the lists that do not have them yet: all in one transaction. */
  apply(events: readonly Event[]): Promise<Applied>;
  /** Applies what the log has after a position, at most so many events. */
  follow(after: number, most: number): Promise<Applied>;
  read(question: Question): Promise<Answer | Refused>;
  /** Equal questions by users who see the same rows are computed once, however many observe. */
  observe(question: Question): Promise<Observed | Refused>;
  /** What is observed, as it is now. */
  current(live: number): Promise<Answer>;
  /** One observer less. */
  forget(live: number): Promise<void>;
  close(): Promise<void>;
}
