import type { Event } from "../protocol/event.ts";
import type { Field } from "../protocol/field.ts";
import type { Mark, Marked } from "../protocol/mark.ts";
import type { Condition, Row } from "../protocol/query.ts";
import type { User } from "../protocol/user.ts";

/** A field of a list. `initialState` is what a new row has where `add` does not say. */
export type ListField = Field & { readonly initialState?: unknown };

/** A list as its projections see it, while one event is applied. Conditions are those of queries. */
export interface ForProjections<R extends Pick<Row, "id">> {
  /** Adds a row; its id is the aggregate's where none is given. A row that is there already is replaced. */
  add(row: Partial<R>): void;
  /** Without `where`, the row whose id is the aggregate's. What is not there is left alone. */
  update(change: { readonly where?: Condition; readonly set: Partial<R> | ((row: R) => Partial<R>) }): void;
  /** Updates the row with these key values, or adds one that begins with them; its id derives from the key. */
  addOrUpdate(change: { readonly key?: Partial<R>; readonly set: Partial<R> | ((row: R) => Partial<R>) }): void;
  remove(selection?: { readonly where?: Condition }): void;
}

export interface ReadRule<R extends Pick<Row, "id">> {
  readonly who: "everyone" | "authenticated" | { readonly role: string };
  readonly where?: (row: R, user: User) => boolean;
}

/** What a generated file of the read model says about one list. `Events` maps full event names to the data they carry. */
export interface ListDefinition<R extends Pick<Row, "id">, Events> {
  readonly name: string;
  /** What it was called before; who still asks for it so is understood. */
  readonly was?: readonly string[];
  readonly description?: string;
  readonly fields: { readonly [name: string]: ListField };
  readonly indexes: readonly (readonly (keyof R & string)[])[];
  /** By the event's full name, `context.aggregate.event`. */
  readonly when: { readonly [Name in keyof Events]: (list: ForProjections<R>, event: Event<Events[Name]>, mark: Mark) => Marked };
  /** What its stored events mean besides what they say, which follows from the definitions of their aggregates. */
  readonly meaning?: string;
  readonly isAuthorized: { readonly read: readonly ReadRule<R>[] };
}
