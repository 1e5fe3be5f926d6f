import type { Rule } from "./allow.ts";
import type { Assignment, Expression } from "./expression.ts";
import type { Field } from "./field.ts";
import type { FormerNames } from "./names.ts";
import type { Declared, Place } from "./place.ts";

/** What has happened to an aggregate, and how it changes the state. */
export interface Event extends Declared {
  readonly kind: "event";
  /** Nobody publishes it any more; it stays readable. */
  readonly retired: boolean;
  readonly fields: readonly Field[];
  readonly changes: readonly Change[];
  /** Who may see it. */
  readonly allows: readonly Rule[];
  readonly was?: FormerNames;
}

/** A change of the state, or of a flow's. They happen in order; a later one sees what the earlier ones left. */
export type Change = SetFields | AddTo | RemoveFrom | RemoveItems | UpdateItems | EndAggregate;

/**
 * All at once: no value of one `set` sees another's. `clear note` is here too, as the assignment of the field's zero. In an aggregate's event `owner`, which is
 * never a field, is who the aggregate belongs to from then on.
 */
export interface SetFields {
  readonly kind: "set";
  readonly assignments: readonly Assignment[];
  readonly place: Place;
}

/** Puts the value at the end of the list that the state field holds. */
export interface AddTo {
  readonly kind: "add-to";
  readonly field: string;
  readonly value: Expression;
  readonly place: Place;
}

/** Takes every element out of the list that equals the value. */
export interface RemoveFrom {
  readonly kind: "remove-from";
  readonly field: string;
  readonly value: Expression;
  readonly place: Place;
}

export interface RemoveItems {
  readonly kind: "remove-items";
  readonly field: string;
  readonly variable: string;
  readonly condition: Expression;
  readonly place: Place;
}

/** Changes the elements, which are values, that the condition holds for. */
export interface UpdateItems {
  readonly kind: "update-items";
  readonly field: string;
  readonly variable: string;
  readonly condition: Expression;
  readonly assignments: readonly Assignment[];
  readonly place: Place;
}

/** No command is accepted after it. */
export interface EndAggregate {
  readonly kind: "end";
  readonly place: Place;
}
