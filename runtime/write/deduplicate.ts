import { problem } from "../protocol/problem.ts";
import type { EventLog } from "../store/event-log.ts";
import { refused, type Answer, type Handle, type Repeated } from "./answer.ts";
import type { Task } from "./vocabulary.ts";

/**
 * The same id twice is one command: whoever repeats it while it runs waits for the same ending, whoever repeats it later gets the answer that the
 * log remembers. The log finds repetitions by itself when it appends; it is only asked where the command would be refused,
 * for then the refusal may well be the effect of the first time.
 */
export function deduplicate(handle: Handle<Answer | Repeated>, log: EventLog): Handle {
  const running = new Map<string, { readonly digest: string; readonly ending: Promise<Answer> }>();

  async function once(task: Task): Promise<Answer> {
    try {
      const ending = await handle(task);
      const known = ending.kind === "refused" && ending.problem.type !== "rejected" ? await log.outcome(task.command.id) : undefined;
      return recall(known ?? ending, task);
    } finally {
      running.delete(task.command.id);
    }
  }

  return (task) => {
    const same = running.get(task.command.id);
    if (same !== undefined) return same.digest === task.digest ? same.ending : Promise.resolve(reused());

    const ending = once(task);
    running.set(task.command.id, { digest: task.digest, ending });
    return ending;
  };
}

function recall(ending: Answer | Repeated, { digest }: Task): Answer {
  return ending.kind === "repeated" ? answerOf(ending, digest) : ending;
}

function answerOf({ digest, answer }: Repeated, asked: string): Answer {
  if (digest !== asked) return reused();
  return "handled" in answer ? { kind: "handled", handled: answer.handled } : refused(answer.problem);
}

function reused(): Answer {
  return refused(problem("command-id-reused", "Another command was sent under this id before."));
}
