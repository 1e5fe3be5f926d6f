import type { Event } from "../protocol/event.ts";
import type { Field, Fields } from "../protocol/field.ts";
import type { Mark, Marked } from "../protocol/mark.ts";
import type { Condition, Direction, Row } from "../protocol/query.ts";
import type { User } from "../protocol/user.ts";

/** A field of a list. `initialState` is what a new row has where `add` does not say. */
export type ListField = Field & { readonly initialState?: unknown };

/**
 * Which rows: those for which a condition of queries holds, which the database decides, or a function does. `and` says what the database
 * cannot, of the rows that it found.
 */
export interface Selection<R> {
  readonly where?: Condition | ((row: R) => boolean);
  readonly and?: (row: R) => boolean;
}

/** Some fields of a row. (`Partial` alone would take what all objects have, such as `constructor`, for the fields of those names.) */
export type Some<R, Name extends keyof R> = Partial<R> | Pick<R, Name>;

/** New values for some fields of a row, made of the row as it is where they are given as a function. */
export type Change<R, Name extends keyof R> = Some<R, Name> | ((row: R) => Some<R, Name>);

/** A list as its projections see it, while one event is applied. */
export interface ForProjections<R extends Pick<Row, "id">> {
  /** Adds a row; its id is the aggregate's where none is given. A row that is there already is replaced. */
  add<Name extends keyof R>(row: Some<R, Name>): void;
  /** Without `where`, the row whose id is the aggregate's. What is not there is left alone. */
  update<Name extends keyof R>(change: Selection<R> & { readonly set: Change<R, Name> }): void;
  /** Updates the row with these key values, or adds one that begins with them; its id derives from the key. */
  addOrUpdate<Key extends keyof R, Name extends keyof R>(change: { readonly key?: Some<R, Key>; readonly set: Change<R, Name> }): void;
  remove(selection?: Selection<R>): void;
}

/** Who may read: every row, the rows that a condition finds, or those for which `where` holds. */
export interface ReadRule<R extends Pick<Row, "id">> {
  readonly who: "everyone" | "authenticated" | { readonly role: string };
  readonly rows?: (user: User) => Condition;
  readonly where?: (row: R, user: User) => boolean;
}

/** A question that has a name. What it asks derives from its parameters alone. */
export interface NamedQuery<R, Parameters> {
  readonly description?: string;
  readonly parameters: Fields;
  ask(parameters: Parameters): Asked<R>;
}

export interface Asked<R> extends Selection<R> {
  readonly orderBy?: { readonly [field: string]: Direction };
  readonly take?: number;
}

/**
 * What a generated file of the read model says about one list. `Events` maps full event names to the data they carry, `Queries` the names of
 * questions to their parameters.
 */
export interface ListDefinition<R extends Pick<Row, "id">, Events, Queries = {}> {
  readonly name: string;
  /** What it was called before; who still asks for it so is understood. */
  readonly was?: readonly string[];
  readonly description?: string;
  readonly fields: { readonly [Name in Exclude<keyof R, "id">]: ListField };
  readonly indexes: readonly (readonly (keyof R & string)[])[];
  /** By the event's full name, `context.aggregate.event`. */
  readonly when: { readonly [Name in keyof Events]: (list: ForProjections<R>, event: Event<Events[Name]>, mark: Mark) => Marked };
  /** What its stored events mean besides what they say, which follows from the definitions of their aggregates. */
  readonly meaning?: string;
  readonly queries?: { readonly [Name in keyof Queries]: NamedQuery<R, Queries[Name]> };
  /** The functions among the above that people write: where one of them changes, the list is made anew. */
  readonly code?: readonly ((...args: never[]) => unknown)[];
  readonly isAuthorized: { readonly read: readonly ReadRule<R>[] };
}
