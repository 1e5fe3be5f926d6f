import { problem } from "../protocol/problem.ts";
import { refused, type Answer, type Ending, type Repeated } from "./answer.ts";
import type { Task } from "./vocabulary.ts";

/** In one process a second attempt always sees what the first one missed; only other processes on the same aggregate cause more. */
const mostAttempts = 50;

/** Decides again where somebody else was first, on what they left behind. */
export async function retryConflicts(attempt: (task: Task, isFirst: boolean) => Promise<Ending>, task: Task): Promise<Answer | Repeated> {
  for (let attempts = 0; attempts < mostAttempts; attempts++) {
    const ending = await attempt(task, attempts === 0);
    if (ending.kind !== "conflict") return ending;
  }
  return refused(problem("unavailable", "Too many others are changing this at the same time. Try again."));
}
