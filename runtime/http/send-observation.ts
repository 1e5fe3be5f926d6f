import { problem, type Problem } from "../protocol/problem.ts";
import type { Lists, Observation, Update } from "../read/lists.ts";
import type { LiveChange, Question } from "../read/read-model.ts";
import { hasRoom, isFull, type Outlet } from "./outlet.ts";

/** `Changes` as JSON text, and the position that they lead to. */
export type Change = Pick<LiveChange, "changes" | "to">;

/** What is sent to one observer; rows as JSON text. With the token it can go on from there. */
export interface ObservationSink {
  /** `isReset`: in the place of what it has, because what changed in between is not known any more. */
  rows(rows: string, position: number, token: string, isReset: boolean): void;
  /** Where many observe the same, each gets the same `change`. */
  changes(change: Change, from: number, token: string): void;
  problem(problem: Problem): void;
}

/** From where on somebody wants to observe. */
export interface Beginning {
  readonly after: number;
  /** Of what it got last. */
  readonly token?: string | undefined;
}

const tooSlow = problem("unavailable", "What you observe changes faster than you read it; ask again.");

/**
 * Sends an answer, then what changes in it, until the outlet is gone. To an outlet that is full nothing is sent; when it has room again, all
 * that it missed is, in one; one that stays full is told so, and that is the end. Returns why nothing was begun.
 */
export async function sendObservation(
  lists: Lists,
  question: Question,
  { after, token }: Beginning,
  sink: ObservationSink,
  outlet: Outlet,
): Promise<Problem | undefined> {
  let begun: Observation | undefined;
  const early: (() => void)[] = [];
  let isBehind = false;
  /** The position of what was sent last. */
  let sent = 0;

  const changed = (change: LiveChange, from: number) => {
    if (!begun) early.push(() => changed(change, from));
    else if (isBehind) return;
    else if (isFull(outlet)) void catchUp(begun);
    else pass(begun, change, from);
  };

  const failed = (found: Problem) => {
    if (!begun) return void early.push(() => failed(found));
    begun.end();
    if (!outlet.gone.aborted) sink.problem(found);
  };

  async function catchUp(observation: Observation): Promise<void> {
    isBehind = true;
    try {
      if (!(await hasRoom(outlet))) throw tooSlow;
      send(observation, await observation.again(sent), true);
      isBehind = false;
    } catch {
      failed(tooSlow);
    }
  }

  function send(observation: Observation, { news, position }: Update, isReset: boolean): void {
    if ("changes" in news) return pass(observation, { changes: news.changes, to: position }, news.from);
    sent = position;
    sink.rows(news.rows, position, observation.token(position), isReset);
  }

  function pass(observation: Observation, change: Change, from: number): void {
    sent = change.to;
    sink.changes(change, from, observation.token(change.to));
  }

  const answer = await lists.observe(question, { changed, failed }, after, token);
  if (answer.kind === "refused") return answer.problem;
  if (outlet.gone.aborted) {
    answer.end();

    return undefined;
  }
  outlet.gone.addEventListener("abort", () => answer.end(), { once: true });
  begun = answer;
  send(answer, answer, token !== undefined);
  for (const tell of early) tell();

  return undefined;
}
