import type { Problem } from "../protocol/problem.ts";
import type { Row } from "../protocol/query.ts";
import type { Values } from "./story.ts";

/** What became of a story: it came true where there are no failures. */
export interface Verdict {
  readonly title: string;
  readonly milliseconds: number;
  readonly failures: readonly Failure[];
  /** Which steps were commands that were turned down. */
  readonly turnedDown: readonly { readonly step: number; readonly refusal: Refusal }[];
  readonly seen: Seen;
}

/** Why a step is not as it was told, and what happened instead. */
export interface Failure {
  /** The step's index in the story. */
  readonly step: number;
  readonly cause: Cause;
  /** The values that an untrue claim names. */
  readonly claimed?: Values;
  readonly happened: Happened;
}

export type Cause =
  /** What is given cannot be so. */
  | { readonly kind: "impossible"; readonly sentence: string }
  /** A claim is not true. */
  | { readonly kind: "untrue" }
  /** A command was turned down, and no claim says so. */
  | { readonly kind: "turned down" }
  /** A command published what cannot be, and was turned down for a reason that is not the model's. */
  | { readonly kind: "unforeseen"; readonly sentence: string }
  /** Code threw. */
  | { readonly kind: "fault"; readonly message: string; readonly at?: string }
  | { readonly kind: "list stopped"; readonly list: string; readonly event: string; readonly reason: string }
  | { readonly kind: "flow stopped"; readonly flow: string; readonly before: string; readonly reason: string }
  /** A flow ran a command that cannot be carried out. */
  | { readonly kind: "command parked"; readonly flow: string; readonly reason: string }
  /** A list made anew from the same events is another one. */
  | { readonly kind: "list differs"; readonly list: string }
  /** An aggregate is not as the model says that it always is. */
  | { readonly kind: "broken"; readonly aggregate: string; readonly id: string; readonly sentence: string };

/** All since the last `when` or `pass`. */
export interface Happened {
  readonly events: readonly Published[];
  readonly runs: readonly Ran[];
  readonly refusals: readonly Refusal[];
  /** Of the list that a claim is about. */
  readonly rows?: readonly Row[];
}

export interface Published {
  readonly event: string;
  readonly id: string;
  readonly data: Values;
}

/** A command that a flow ran. */
export interface Ran {
  readonly command: string;
  readonly id: string;
  readonly data: Values;
}

/** A command that was turned down, whoever sent it. */
export interface Refusal {
  readonly command: string;
  readonly type: Problem["type"];
  readonly detail: string;
  /** The model gives no such reason: what the command published cannot be. */
  readonly isUnforeseen?: true;
}

/** What a story shows of the model; names are full. */
export interface Seen {
  /** Commands that were carried out. */
  readonly commands: readonly string[];
  readonly refusals: readonly Refusal[];
  /** Events that a command published. */
  readonly events: readonly string[];
  /** Which `allow` lines let a command through: the command, and the line's number among those for it. */
  readonly permissions: readonly { readonly command: string; readonly rule: number }[];
  /** Which events had reached a list when a claim was made about it. */
  readonly projections: readonly { readonly list: string; readonly event: string }[];
  /** What flows reacted to: an event or a timer by its name, or a command, as `context.aggregate.name rejected`. */
  readonly reactions: readonly { readonly flow: string; readonly trigger: string }[];
}
