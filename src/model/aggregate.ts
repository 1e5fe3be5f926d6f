import type { Command, Reason } from "./command.ts";
import type { Event } from "./event.ts";
import type { Expression } from "./expression.ts";
import type { StateField } from "./field.ts";
import type { FormerNames } from "./names.ts";
import type { Declared, Place, Question } from "./place.ts";

export interface Aggregate extends Declared {
  readonly kind: "aggregate";
  readonly context: string;
  readonly state: readonly StateField[];
  readonly commands: readonly Command[];
  readonly events: readonly Event[];
  readonly invariants: readonly Invariant[];
  readonly uniques: readonly Unique[];
  readonly upgrades: readonly Upgrade[];
  readonly questions: readonly Question[];
  readonly was?: FormerNames;
}

/** Checked once, on the state at the end of every command. */
export interface Invariant {
  readonly reason: Reason;
  /** What has to hold. */
  readonly condition: Expression;
  readonly place: Place;
}

/** No two living aggregates of the kind have the same value in the field. */
export interface Unique {
  readonly field: string;
  readonly reason: Reason;
  readonly place: Place;
}

/** Events of this name and version are made readable by code. */
export interface Upgrade {
  readonly event: string;
  readonly from: number;
  readonly place: Place;
}
