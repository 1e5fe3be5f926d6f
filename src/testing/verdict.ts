// What the process that plays scenarios tells, as `runtime/testing/verdict.ts` has it; a test holds the two together.

/** What became of a scenario: it came true where there are no failures. */
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
  /** The step's index in the scenario. */
  readonly step: number;
  readonly cause: Cause;
  /** The values that an untrue claim names. */
  readonly claimed?: Values;
  readonly happened: Happened;
}

export type Cause =
  | { readonly kind: "impossible"; readonly sentence: string }
  | { readonly kind: "untrue" }
  | { readonly kind: "turned down" }
  | { readonly kind: "unforeseen"; readonly sentence: string }
  | { readonly kind: "fault"; readonly message: string; readonly at?: string }
  | { readonly kind: "list stopped"; readonly list: string; readonly event: string; readonly reason: string }
  | { readonly kind: "flow stopped"; readonly flow: string; readonly before: string; readonly reason: string }
  | { readonly kind: "command parked"; readonly flow: string; readonly reason: string }
  | { readonly kind: "list differs"; readonly list: string }
  | { readonly kind: "broken"; readonly aggregate: string; readonly id: string; readonly sentence: string };

/** All since the last `when` or `pass`. */
export interface Happened {
  readonly events: readonly { readonly event: string; readonly id: string; readonly data: Values }[];
  readonly runs: readonly { readonly command: string; readonly id: string; readonly data: Values }[];
  readonly refusals: readonly Refusal[];
  /** Of the list that a claim is about. */
  readonly rows?: readonly Values[];
}

export interface Values {
  readonly [field: string]: unknown;
}

/** A command that was turned down, whoever sent it. */
export interface Refusal {
  readonly command: string;
  readonly type: string;
  readonly detail: string;
  readonly isUnforeseen?: true;
}

/** What a scenario shows of the model; names are full. */
export interface Seen {
  readonly commands: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly events: readonly string[];
  readonly permissions: readonly { readonly command: string; readonly rule: number }[];
  readonly projections: readonly { readonly list: string; readonly event: string }[];
  readonly reactions: readonly { readonly flow: string; readonly trigger: string }[];
}
