import type { Rule } from "./allow.ts";
import type { Let } from "./command.ts";
import type { Change } from "./event.ts";
import type { Assignment, Expression } from "./expression.ts";
import type { Field, StateField } from "./field.ts";
import type { EventName, FormerNames } from "./names.ts";
import type { Declared, Place, Question } from "./place.ts";

/** A read model: rows made from events. Every row has an `id` besides its fields. */
export interface List extends Declared {
  readonly kind: "list";
  readonly fields: readonly StateField[];
  readonly indexes: readonly (readonly string[])[];
  readonly reactions: readonly ListReaction[];
  readonly queries: readonly Query[];
  /** Who may read, row by row where there is a condition. */
  readonly allows: readonly Rule[];
  readonly questions: readonly Question[];
  readonly was?: FormerNames;
}

export interface ListReaction {
  readonly event: EventName;
  readonly statements: readonly ListStatement[];
  readonly place: Place;
}

export type ListStatement = AddRow | UpdateRow | RemoveRow | Let | ListWhen | ListForEach | ListCode;

/** Adds a row, with the aggregate's id where `id` is not assigned. One that is there already is replaced. */
export interface AddRow {
  readonly kind: "add-row";
  readonly assignments: readonly Assignment[];
  readonly place: Place;
}

export interface UpdateRow {
  readonly kind: "update-row";
  /** Which rows; the row of the aggregate's id where there is neither this nor `key`. */
  readonly where?: Expression;
  /** `add or update`: the row to change, or the values that a new one begins with. */
  readonly orAdd: boolean;
  /** `add or update where k is x and …`; the row's id derives from these values. */
  readonly key?: readonly Assignment[];
  readonly assignments: readonly Assignment[];
  /** `add x to tags`, `remove x from tags` below it. */
  readonly changes: readonly Change[];
  readonly place: Place;
}

export interface RemoveRow {
  readonly kind: "remove-row";
  readonly where?: Expression;
  readonly place: Place;
}

export interface ListWhen {
  readonly kind: "when";
  readonly condition: Expression;
  readonly statements: readonly ListStatement[];
  readonly otherwise?: readonly ListStatement[];
  readonly place: Place;
}

export interface ListForEach {
  readonly kind: "for-each";
  readonly variable: string;
  readonly collection: Expression;
  readonly statements: readonly ListStatement[];
  readonly place: Place;
}

export interface ListCode {
  readonly kind: "by-code";
  readonly place: Place;
}

/** A named question: `query popular(atLeast: integer) where likes >= atLeast order by likes descending take 10`. */
export interface Query extends Declared {
  readonly kind: "query";
  readonly parameters: readonly Field[];
  readonly where?: Expression;
  readonly order: readonly { readonly field: string; readonly direction: "ascending" | "descending" }[];
  readonly take?: Expression;
}
