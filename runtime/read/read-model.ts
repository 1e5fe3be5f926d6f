import type { Event } from "../protocol/event.ts";
import type { Problem } from "../protocol/problem.ts";
import type { User } from "../protocol/user.ts";

/** How far one list has come, and why it went no further if it stopped. */
export interface ListStatus {
  readonly list: string;
  /** What the list was called before. */
  readonly was?: readonly string[];
  /** The log's position that its answers are of. */
  readonly position: number;
  /** Another process applies events to it. */
  readonly standsBy?: true;
  /** It is being made anew, and how far that has come; until then what it was before answers, or nobody. */
  readonly building?: { readonly position: number; readonly answers: boolean };
  /** `event` is the one that it could not take. */
  readonly stopped?: { readonly event?: string; readonly position: number; readonly reason: string };
}

/** An answer as JSON text of rows, which is what every way out needs, made once. */
export interface Answer {
  readonly kind: "answer";
  readonly rows: string;
  /** The log's position that the answer is of. */
  readonly position: number;
  /** Where the next page begins, where there is one. */
  readonly cursor?: string;
  /** For the operator: what would make such questions cheaper. */
  readonly advice?: string;
}

export interface Counted {
  readonly kind: "counted";
  readonly count: number;
  readonly position: number;
}

/** The whole answer, or what leads to it from an earlier one, as JSON text. */
export type News = { readonly rows: string } | { readonly changes: string; readonly from: number };

/** Something observed: what its observer has to know at first, and the number under which changes will come. */
export interface Observed {
  readonly kind: "observed";
  readonly live: number;
  readonly news: News;
  readonly position: number;
  /** With a position in front it is a token, by which an observer goes on after having been away. */
  readonly mark: string;
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
  /** The name of one of the list's queries; `query` then holds its parameters. */
  readonly named?: string;
  /** As it came over the wire. */
  readonly query: unknown;
  readonly user: User;
}

/** Where a log stands. */
export interface LogHead {
  readonly incarnation: string;
  readonly position: number;
}

/** The lists of one application and what is observed of them. Everything in it can be made again from the log. */
export interface ReadModel {
  /** Where each list stands on this log; lists of any other log, or beyond its end, begin anew. */
  attach(log: LogHead): Promise<readonly ListStatus[]>;
  /** Applies events, in the order of the log and without gaps, to the lists that do not have them yet: all in one transaction. */
  apply(events: readonly Event[]): Promise<Applied>;
  /** Applies what the log has after a position, at most so many events. */
  follow(after: number, most: number): Promise<Applied>;
  /** The same for the lists that are being made anew; where the log has no more (`isEnd`), they answer from then on. */
  build(events: readonly Event[], isEnd: boolean): Promise<Applied>;
  /** Goes on making them, with what the log has after a position, at most so many events. */
  buildOn(after: number, most: number): Promise<Applied>;
  read(question: Question): Promise<Answer | Refused>;
  count(question: Question): Promise<Counted | Refused>;
  /** Equal questions by users who see the same rows are computed once, however many observe. `token` is where the observer stopped. */
  observe(question: Question, token?: string): Promise<Observed | Refused>;
  /** What is observed, as it is now, to somebody who knows it as it was at a position. */
  current(live: number, since: number): Promise<{ readonly news: News; readonly position: number }>;
  /** One observer less. */
  forget(live: number): Promise<void>;
  /** Tells that another process has moved the lists, which this one takes over as it follows; hints, not a promise. Returns how to stop it. */
  onMoved?(listener: () => void): () => void;
  close(): Promise<void>;
}
