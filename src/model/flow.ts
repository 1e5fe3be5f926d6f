import type { Let } from "./command.ts";
import type { SetFields, AddTo, RemoveFrom, RemoveItems, UpdateItems } from "./event.ts";
import type { Assignment, Expression } from "./expression.ts";
import type { StateField } from "./field.ts";
import type { AggregateName, CommandName, EventName, FormerNames } from "./names.ts";
import type { Declared, Place, Question } from "./place.ts";

/** Reacts to events and runs commands. */
export interface Flow extends Declared {
  readonly kind: "flow";
  /** Whose id an instance has; without it the flow keeps nothing between events. */
  readonly forEach?: AggregateName;
  readonly fromBeginning: boolean;
  readonly state: readonly StateField[];
  readonly reactions: readonly FlowReaction[];
  readonly questions: readonly Question[];
  readonly was?: FormerNames;
}

export interface FlowReaction {
  readonly trigger: FlowTrigger;
  readonly statements: readonly FlowStatement[];
  readonly place: Place;
}

export type FlowTrigger =
  /** `instance` says which instance the event is for; absent in a flow that has none. */
  | { readonly kind: "event"; readonly event: EventName; readonly instance?: Expression }
  /** A command that this instance ran was turned down. */
  | { readonly kind: "rejection"; readonly command: CommandName }
  | { readonly kind: "timer"; readonly timer: string };

export type FlowStatement =
  Run | Schedule | Cancel | EndFlow | Let | SetFields | AddTo | RemoveFrom | RemoveItems | UpdateItems | FlowWhen | FlowForEach | FlowCode;

export interface Run {
  readonly kind: "run";
  readonly command: CommandName;
  /** The aggregate's id; `new` makes one. */
  readonly on: "new" | Expression;
  readonly data: readonly Assignment[];
  readonly place: Place;
}

/** Scheduling a timer again replaces it. */
export interface Schedule {
  readonly kind: "schedule";
  readonly timer: string;
  /** A duration from the event on, or a timestamp. */
  readonly word: "in" | "at";
  readonly time: Expression;
  readonly place: Place;
}

export interface Cancel {
  readonly kind: "cancel";
  readonly timer: string;
  readonly place: Place;
}

export interface EndFlow {
  readonly kind: "end";
  readonly place: Place;
}

export interface FlowWhen {
  readonly kind: "when";
  readonly condition: Expression;
  readonly statements: readonly FlowStatement[];
  readonly otherwise?: readonly FlowStatement[];
  readonly place: Place;
}

export interface FlowForEach {
  readonly kind: "for-each";
  readonly variable: string;
  readonly collection: Expression;
  readonly statements: readonly FlowStatement[];
  readonly place: Place;
}

export interface FlowCode {
  readonly kind: "by-code";
  readonly mayRun: readonly CommandName[];
  readonly place: Place;
}
