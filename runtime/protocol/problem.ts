/** Why a request was not carried out, as RFC 9457 `application/problem+json`. The `type` is stable; people read `title` and `detail`. */
export interface Problem {
  readonly type: ProblemType;
  readonly title: string;
  readonly status: number;
  /** One sentence for a person: for a rejected command, the reason in the words of the model. */
  readonly detail: string;
  /** For `not-valid`, and where what was published is not valid: each field that is wrong, and the rule it breaks, in words. */
  readonly fields?: readonly { readonly field: string; readonly rule: string }[];
  /** For `too-many-requests`, and where the store takes nothing just now: seconds to wait. */
  readonly retryAfter?: number;
}

export type ProblemType =
  | "not-valid"
  | "malformed"
  | "unknown-command"
  | "unknown-list"
  | "not-found"
  | "wrong-method"
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

const titles: { readonly [Type in ProblemType]: readonly [status: number, title: string] } = {
  "not-valid": [400, "Not valid"],
  malformed: [400, "Malformed"],
  "unknown-command": [404, "Unknown command"],
  "unknown-list": [404, "Unknown list"],
  "not-found": [404, "Not found"],
  "wrong-method": [405, "Wrong method"],
  "does-not-exist": [404, "Does not exist"],
  "exists-already": [409, "Exists already"],
  "has-ended": [410, "Has ended"],
  "not-allowed": [403, "Not allowed"],
  "not-authenticated": [401, "Not authenticated"],
  rejected: [422, "Rejected"],
  "command-id-reused": [409, "Command id reused"],
  "too-large": [413, "Too large"],
  "too-many-requests": [429, "Too many requests"],
  unavailable: [503, "Unavailable"],
  internal: [500, "Internal"],
};

/** A problem of this type, with the title and the status that go with it. */
export function problem(type: ProblemType, detail: string, fields?: Problem["fields"]): Problem {
  const [status, title] = titles[type];
  return fields === undefined ? { type, title, status, detail } : { type, title, status, detail, fields };
}
