import type { Direction, NamedAsk, Query, Scalar } from "../protocol/query.ts";
import type { ListRequest } from "../protocol/socket.ts";
import type { AnyRow } from "./changes.ts";
import { liveList, pictures, type LiveList, type Picture } from "./live-list.ts";
import { setQuestionKey } from "./question-key.ts";
import { request, type RequestOptions } from "./request.ts";
import type { Wire } from "./wire.ts";

/** A question to a list, in the names and types of its rows. */
export interface ListQuery<R extends AnyRow> extends Selecting<R> {
  readonly orderBy?: { readonly [Field in keyof R]?: Direction | Inherited<Field> };
  /** At most so many rows; 100 by default. */
  readonly take?: number;
  readonly skip?: number;
}

/** Which rows. */
export interface Selecting<R extends AnyRow> {
  readonly where?: Where<R>;
}

/** Which rows: all of these must hold. A plain value means `is`. */
export type Where<R extends AnyRow> = { readonly [Field in keyof R]?: (R[Field] & Scalar) | Comparing<R[Field]> | Inherited<Field> } & {
  readonly and?: readonly Where<R>[];
  readonly or?: readonly Where<R>[];
  readonly not?: Where<R>;
};

/** A query that leaves a field out has, in TypeScript's eyes, what every object has by that name. */
type Inherited<Name> = Name extends keyof Object ? Object[Name] : never;

export interface Comparing<Value> {
  readonly is?: Value & Scalar;
  readonly isNot?: Value & Scalar;
  readonly lessThan?: Ordered<Value>;
  readonly atMost?: Ordered<Value>;
  readonly moreThan?: Ordered<Value>;
  readonly atLeast?: Ordered<Value>;
  readonly in?: readonly (Value & Scalar)[];
  /** In a text a part of it, in a list an item. */
  readonly contains?: Part<NonNullable<Value>>;
  readonly startsWith?: Value & string;
}

type Ordered<Value> = Value & (string | number);
type Part<Value> = Value extends string ? string : Value extends readonly (infer Item)[] ? Item & Scalar : never;

export interface ObserveOptions {
  /** Ends the observation: an iteration throws the signal's reason, callbacks are not called any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Some rows of an answer, and where the next ones begin. */
export interface RowsPage<R extends AnyRow> {
  readonly rows: readonly R[];
  /** Hand it over to have the next page; undefined after the last one. Rows that come or go in between move no page. */
  readonly cursor: string | undefined;
}

export interface PageOptions extends RequestOptions {
  readonly cursor?: string | undefined;
}

/** One list of the read model. Whoever sent a command through the same connection sees its effect. */
export interface List<R extends AnyRow> {
  read(query?: ListQuery<R>, options?: RequestOptions): Promise<readonly R[]>;
  /** The first row that fits, or undefined. */
  readOne(query: ListQuery<R>, options?: RequestOptions): Promise<R | undefined>;
  /** Page by page, each of as many rows as `take` says. */
  readPage(query?: ListQuery<R>, options?: PageOptions): Promise<RowsPage<R>>;
  /** How many rows there are. */
  count(query?: Selecting<R>, options?: RequestOptions): Promise<number>;
  /** `for await (const { rows, changes } of list.observe({ … }))`: the rows now and after each change, until you leave the loop. */
  observe(query?: ListQuery<R>, options?: ObserveOptions): AsyncIterable<Picture<R>>;
  readAndObserve(query?: ListQuery<R>, options?: ObserveOptions): LiveList<R>;
}

/** One of the model's questions to a list, with its parameters. */
export interface NamedQuestion<R extends AnyRow> {
  read(options?: RequestOptions): Promise<readonly R[]>;
  /** The first row of the answer, or undefined. */
  readOne(options?: RequestOptions): Promise<R | undefined>;
  readPage(options?: PageOptions): Promise<RowsPage<R>>;
  /** How many rows there are, whatever the question takes. */
  count(options?: RequestOptions): Promise<number>;
  observe(options?: ObserveOptions): AsyncIterable<Picture<R>>;
  readAndObserve(options?: ObserveOptions): LiveList<R>;
}

type Asking = Pick<ListRequest, "list" | "named" | "query">;

/** `queries` are the names of its questions; one that is called like a method of every list gets an ending. */
export function listOf<R extends AnyRow>(wire: Wire, list: string, queries: readonly string[]): List<R> {
  // The compiler has checked the question; the wire carries it without the row's types.
  const asking = (query: ListQuery<R> = {}): Asking => ({ list, query: query as Query });
  const common: List<R> = {
    read: async (query, options) => (await readRows<R>(wire, asking(query), options)).rows,
    readOne: async (query, options) => (await readRows<R>(wire, asking({ ...query, take: 1 }), options)).rows[0],
    readPage: (query, { cursor, ...options } = {}) => readRows<R>(wire, onFrom(asking(query), cursor), options),
    count: (query, options) => countRows(wire, asking(query), options),
    observe: (query, { signal } = {}) => pictures<R>(wire, asking(query), signal),
    readAndObserve: (query, { signal } = {}) => liveList<R>(wire, asking(query), signal),
  };
  const named = queries.map((name) => [
    name in common ? `${name}Query` : name,
    (parameters: unknown = {}) => {
      const question = questionOf<R>(wire, { list, named: name, query: { parameters } });
      setQuestionKey(question, { list: all, text: JSON.stringify([name, parameters]) });

      return question;
    },
  ]);
  const all: List<R> = { ...common, ...Object.fromEntries(named) };

  return all;
}

function questionOf<R extends AnyRow>(wire: Wire, asking: Asking): NamedQuestion<R> {
  return {
    read: async (options) => (await readRows<R>(wire, asking, options)).rows,
    readOne: async (options) => (await readRows<R>(wire, asking, options)).rows[0],
    readPage: ({ cursor, ...options } = {}) => readRows<R>(wire, onFrom(asking, cursor), options),
    count: (options) => countRows(wire, asking, options),
    observe: ({ signal } = {}) => pictures<R>(wire, asking, signal),
    readAndObserve: ({ signal } = {}) => liveList<R>(wire, asking, signal),
  };
}

const onFrom = ({ query, ...rest }: Asking, cursor: string | undefined): Asking => ({
  ...rest,
  query: (cursor === undefined ? query : { ...query, cursor }) as Query | NamedAsk,
});

async function readRows<R extends AnyRow>(wire: Wire, asking: Asking, options: RequestOptions = {}): Promise<RowsPage<R>> {
  const { rows, cursor } = await request(wire, "rows", (id) => ({ type: "read", id, ...asking, ...asSeen(wire) }), options);

  return { rows: rows as readonly unknown[] as readonly R[], cursor };
}

async function countRows(wire: Wire, asking: Asking, options: RequestOptions = {}): Promise<number> {
  return (await request(wire, "count", (id) => ({ type: "count", id, ...asking, ...asSeen(wire) }), options)).count;
}

/** Whoever has written a thing, sees it. */
const asSeen = (wire: Wire) => (wire.written > 0 ? { after: wire.written } : {});
