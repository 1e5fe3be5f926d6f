import { UnreadableEvent } from "../evolution/unreadable-event.ts";
import { problem } from "../protocol/problem.ts";
import { StoreFailure } from "../store/store-failure.ts";
import { refused, type Handle } from "./answer.ts";
import type { Task } from "./vocabulary.ts";

const secondsUntilStored = 2;

/** A store that fails and code that throws are for the operator to read; the sender only learns that it is not their fault. */
export function answerFaults(handle: Handle, report: (fault: unknown, command: Task["command"]) => void): Handle {
  return async (task) => {
    try {
      return await handle(task);
    } catch (fault) {
      report(fault, task.command);
      if (fault instanceof StoreFailure)
        return refused({
          ...problem("unavailable", "The command could not be stored. Send it again later, under the same id."),
          retryAfter: secondsUntilStored,
        });
      if (fault instanceof UnreadableEvent)
        return refused(problem("unavailable", "What happened before cannot be read just now. It has been reported to the operator."));
      return refused(problem("internal", "Something went wrong inside of the application. It has been reported to its operator."));
    }
  };
}
