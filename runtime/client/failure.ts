import type { Problem, ProblemType } from "../protocol/problem.ts";

/** The server did not carry out a request, and said why. The message is the problem's sentence. */
export class RequestFailed extends Error {
  override readonly name: "RequestFailed" | "CommandRejected" | "NotValid" | "NotAllowed" = "RequestFailed";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** A command was turned down, by a rule of the model or by what the aggregate is by now. The message is the reason, in the model's words. */
export class CommandRejected extends RequestFailed {
  override readonly name = "CommandRejected";
  declare readonly problem: ProblemOf<"rejected" | "does-not-exist" | "exists-already" | "has-ended">;
}

/** The data break rules of their fields. */
export class NotValid extends RequestFailed {
  override readonly name = "NotValid";
  declare readonly problem: ProblemOf<"not-valid">;

  get fields(): NonNullable<Problem["fields"]> {
    return this.problem.fields ?? [];
  }
}

/** The user may not do, or see, this. */
export class NotAllowed extends RequestFailed {
  override readonly name = "NotAllowed";
  declare readonly problem: ProblemOf<"not-allowed" | "not-authenticated">;
}

/** There is no connection, and none is to come. */
export class ConnectionFailed extends Error {
  override readonly name = "ConnectionFailed";
}

/** No answer came in time. A command may have been carried out nevertheless. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** So many commands wait for a connection already that this one was not taken. */
export class QueueFull extends Error {
  override readonly name = "QueueFull";
}

type ProblemOf<Type extends ProblemType> = Problem & { readonly type: Type };

/** How a call can end; `name` says which it is. A signal that was aborted with a reason of its own ends it with that. */
export type Failure =
  | CommandRejected
  | NotValid
  | NotAllowed
  | (RequestFailed & { readonly name: "RequestFailed" })
  | QueueFull
  | TimedOut
  | ConnectionFailed
  | (Error & { readonly name: "AbortError" | "TimeoutError" });

export function failureOf(problem: Problem): Failure {
  switch (problem.type) {
    case "rejected":
    case "does-not-exist":
    case "exists-already":
    case "has-ended":
      return new CommandRejected(problem);
    case "not-valid":
      return new NotValid(problem);
    case "not-allowed":
    case "not-authenticated":
      return new NotAllowed(problem);
    default:
      return new RequestFailed(problem) as RequestFailed & { readonly name: "RequestFailed" };
  }
}
