import type { Problem } from "../protocol/problem.ts";

/** The server did not carry out a request, and said why. The message is the problem's sentence. */
export class RequestFailed extends Error {
  override readonly name: string = "RequestFailed";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** A command was turned down, by a rule of the model or by what the aggregate is by now. The message is the reason, in the model's words. */
export class CommandRejected extends RequestFailed {
  override readonly name = "CommandRejected";
}

/** The data break rules of their fields. */
export class NotValid extends RequestFailed {
  override readonly name = "NotValid";

  get fields(): NonNullable<Problem["fields"]> {
    return this.problem.fields ?? [];
  }
}

/** The user may not do, or see, this. */
export class NotAllowed extends RequestFailed {
  override readonly name = "NotAllowed";
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

export function failureOf(problem: Problem): RequestFailed {
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
      return new RequestFailed(problem);
  }
}
