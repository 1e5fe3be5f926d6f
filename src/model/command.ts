import type { Rule } from "./allow.ts";
import type { Assignment, Expression } from "./expression.ts";
import type { Field } from "./field.ts";
import type { FormerNames } from "./names.ts";
import type { Declared, Place } from "./place.ts";

/** What somebody may ask an aggregate to do. */
export interface Command extends Declared {
  readonly kind: "command";
  /** Which aggregates it works on: those that exist, those that do not yet, or both. */
  readonly on: "existing" | "new" | "any";
  readonly fields: readonly Field[];
  readonly statements: readonly CommandStatement[];
  readonly allows: readonly Rule[];
  /** The events that its statements (or its code) may publish, without repetition, in order of appearance. */
  readonly publishes: readonly string[];
  readonly was?: FormerNames;
}

export type CommandStatement = Reject | Publish | Let | CommandWhen | CommandCode;

/** Turns the command down where `condition` holds, always where there is none. `unless C` has become `not C`. */
export interface Reject {
  readonly kind: "reject";
  readonly reason: Reason;
  readonly condition?: Expression;
  readonly place: Place;
}

/** A reason, cut where it holds values: texts as they are, and what is put between them. */
export type Reason = readonly (string | Expression)[];

/** Publishes an event of the same aggregate. Statements below it see the state that it left. */
export interface Publish {
  readonly kind: "publish";
  readonly event: string;
  /** In the event's order of fields; every field that is not optional is there. */
  readonly data: readonly Assignment[];
  readonly condition?: Expression;
  readonly place: Place;
}

export interface Let {
  readonly kind: "let";
  readonly name: string;
  readonly value: Expression;
  readonly place: Place;
}

export interface CommandWhen {
  readonly kind: "when";
  readonly condition: Expression;
  readonly statements: readonly CommandStatement[];
  readonly otherwise?: readonly CommandStatement[];
  readonly place: Place;
}

/** The rest is written in TypeScript. Always the last statement of its block. */
export interface CommandCode {
  readonly kind: "by-code";
  readonly mayPublish: readonly string[];
  readonly mayReject: readonly string[];
  readonly place: Place;
}
