import { problem, type Problem } from "../protocol/problem.ts";
import type { Lists, Observation } from "../read/lists.ts";
import type { Question } from "../read/read-model.ts";
import { hasRoom, isFull, type Outlet } from "./outlet.ts";

/** What is sent to one observer; rows and changes as JSON text. */
export interface ObservationSink {
  rows(rows: string, position: number): void;
  changes(changes: string, from: number, to: number): void;
  problem(problem: Problem): void;
}

const tooSlow = problem("unavailable", "What you observe changes faster than you read it; ask again.");

/**
 * Sends an answer, then what changes in it, until the outlet is gone. To an outlet that is full nothing is sent; when it has room again, the
 * whole answer is, anew, in place of all that was missed; one that stays full is told so, and that is the end. Returns why nothing was begun.
 */
export async function sendObservation(
  lists: Lists,
  question: Question,
  after: number,
  sink: ObservationSink,
  outlet: Outlet,
): Promise<Problem | undefined> {
  let begun: Observation | undefined;
  const early: (() => void)[] = [];
  let isBehind = false;

  const changed = (changes: string, from: number, to: number) => {
    if (!begun) early.push(() => changed(changes, from, to));
    else if (isBehind) return;
    else if (isFull(outlet)) void catchUp(begun);
    else sink.changes(changes, from, to);
  };

  async function catchUp(observation: Observation): Promise<void> {
    isBehind = true;
    try {
      if (!(await hasRoom(outlet))) throw tooSlow;
      const { rows, position } = await observation.again();
      sink.rows(rows, position);
      isBehind = false;
    } catch {
      observation.end();
      if (!outlet.gone.aborted) sink.problem(tooSlow);
    }
  }

  const answer = await lists.observe(question, { changed }, after);
  if (answer.kind === "refused") return answer.problem;
  if (outlet.gone.aborted) {
    answer.end();

    return undefined;
  }
  outlet.gone.addEventListener("abort", () => answer.end(), { once: true });
  begun = answer;
  sink.rows(answer.rows, answer.position);
  for (const send of early) send();

  return undefined;
}
