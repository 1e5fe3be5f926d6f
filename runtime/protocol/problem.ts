/** Why a request was not carried out, as RFC 9457 `application/problem+json`. The `type` is stable; people read `title` and `detail`. */
export interface Problem {
  readonly type: ProblemType;
  readonly title: string;
  readonly status: number;
  /** One sentence for a person: for a rejected command, the reason in the words of the model. */
  readonly detail: string;
  /** For `not-valid`: each field that is wrong, and the rule it breaks, in words. */
  readonly fields?: readonly { readonly field: string; readonly rule: string }[];
}

export type ProblemType =
  | "not-valid"
  | "malformed"
  | "unknown-command"
  | "unknown-list"
  | "not-found"
  | "does-not-exist"
  | "exists-already"
  | "has-ended"
  | "not-allowed"
  | "not-authenticated"
  | "rejected"
  | "command-id-reused"
  | "too-large"
  | "too-many-requests"
  | "unavailable"
  | "internal";
