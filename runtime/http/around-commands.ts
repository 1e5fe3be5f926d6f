import type { CommandRequest } from "../protocol/socket.ts";
import type { Answer } from "../write/answer.ts";
import type { WriteModel } from "../write/write-model.ts";

/** Does something before and after a command; `handle` carries it out. */
export type Around = (request: CommandRequest, handle: () => Promise<Answer>) => Promise<Answer>;

/** The same write model, watched: commands of people and of flows alike. */
export function aroundCommands(write: WriteModel, around: Around): WriteModel {
  return {
    ...write,
    handle: (request, user, signal) => around(request, () => write.handle(request, user, signal)),
    handleForFlow: (request, userId, story) => around(request, () => write.handleForFlow(request, userId, story)),
  };
}

/** "handled", or the type of the problem. */
export function outcomeOf(answer: Answer): string {
  return answer.kind === "handled" ? "handled" : answer.problem.type;
}
