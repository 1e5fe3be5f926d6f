/** A fact: what happened to one aggregate. Stored once, never changed. */
export interface Event<Data = unknown> {
  readonly id: string;
  readonly context: { readonly name: string };
  readonly aggregate: { readonly name: string; readonly id: string };
  readonly name: string;
  readonly data: Data;
  readonly user: { readonly id: string | null };
  readonly metadata: {
    /** The time of the command that published it, ISO 8601 in UTC with milliseconds. */
    readonly timestamp: string;
    /** The place in the whole log, from 1, gap-free in commit order. */
    readonly position: number;
    /** The place in the aggregate's own history, from 1, gap-free. */
    readonly revision: number;
    /** Which recorded shape of the event the data has, from 1. */
    readonly version: number;
    readonly commandId: string;
    readonly correlationId: string;
    readonly causationId: string;
  };
}
