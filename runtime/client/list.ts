import type { Direction, Query, Scalar } from "../protocol/query.ts";
import type { AnyRow } from "./changes.ts";
import { liveList, pictures, type LiveList, type Picture } from "./live-list.ts";
import { request, type RequestOptions } from "./request.ts";
import type { Wire } from "./wire.ts";

/** A question to a list, in the names and types of its rows. */
export interface ListQuery<R extends AnyRow> {
  readonly where?: Where<R>;
  readonly orderBy?: { readonly [Field in keyof R]?: Direction };
  /** At most so many rows; 100 by default. */
  readonly take?: number;
  readonly skip?: number;
}

/** Which rows: all of these must hold. A plain value means `is`. */
export type Where<R extends AnyRow> = { readonly [Field in keyof R]?: (R[Field] & Scalar) | Comparing<R[Field]> } & {
  readonly and?: readonly Where<R>[];
  readonly or?: readonly Where<R>[];
  readonly not?: Where<R>;
};

export interface Comparing<Value> {
  readonly is?: Value;
  readonly isNot?: Value;
  readonly lessThan?: Value;
  readonly atMost?: Value;
  readonly moreThan?: Value;
  readonly atLeast?: Value;
  readonly in?: readonly Value[];
  /** In a text a part of it, in a list an item. */
  readonly contains?: Scalar;
  readonly startsWith?: string;
}

export interface ObserveOptions {
  /** Ends the observation: an iteration throws the signal's reason, callbacks are not called any more. */
  readonly signal?: AbortSignal;
}

/** One list of the read model. Whoever sent a command through the same connection sees its effect. */
export interface List<R extends AnyRow> {
  read(query?: ListQuery<R>, options?: RequestOptions): Promise<readonly R[]>;
  /** The first row that fits, or undefined. */
  readOne(query: ListQuery<R>, options?: RequestOptions): Promise<R | undefined>;
  /** `for await (const { rows, changes } of list.observe({ … }))`: the rows now and after each change, until you leave the loop. */
  observe(query?: ListQuery<R>, options?: ObserveOptions): AsyncIterable<Picture<R>>;
  readAndObserve(query?: ListQuery<R>, options?: ObserveOptions): LiveList<R>;
}

export function listOf<R extends AnyRow>(wire: Wire, list: string): List<R> {
  async function read(query: ListQuery<R> = {}, options: RequestOptions = {}): Promise<readonly R[]> {
    const message = (id: string) =>
      ({ type: "read", id, list, query: wireQuery(query), ...(wire.written > 0 && { after: wire.written }) }) as const;
    const { rows } = await request(wire, "rows", message, options);

    return rows as readonly unknown[] as readonly R[];
  }

  return {
    read,
    readOne: async (query, options) => (await read({ ...query, take: 1 }, options))[0],
    observe: (query = {}, { signal } = {}) => pictures<R>(wire, list, wireQuery(query), signal),
    readAndObserve: (query = {}, { signal } = {}) => liveList<R>(wire, list, wireQuery(query), signal),
  };
}

/** The same question without the row's types. */
function wireQuery<R extends AnyRow>(query: ListQuery<R>): Query {
  return query as Query;
}
