import { arbitraryStory } from "./arbitrary-story.ts";
import type { Chance } from "./arbitrary-value.ts";
import type { Story } from "../story.ts";
import type { Cause, Verdict } from "../verdict.ts";

export interface Exploration {
  readonly seed: number;
  /** How many stories are made up at most. */
  readonly runs: number;
}

/** What was found. `stories` were played before something broke, or in all; `commands` of them were sent, so many of those carried out. */
export type Found = { readonly stories: number; readonly commands: number; readonly carriedOut: number } & (
  | { readonly kind: "nothing" }
  /** The smallest story that shows it. */
  | { readonly kind: "broken"; readonly story: Story; readonly verdict: Verdict }
);

const breaking: ReadonlySet<Cause["kind"]> = new Set([
  "unforeseen",
  "fault",
  "list stopped",
  "list differs",
  "flow stopped",
  "command parked",
  "broken",
]);

/** Plays stories that are made up, until one breaks something or enough were played; one that does is made as small as it can be. */
export async function explore(chance: Chance, { seed, runs }: Exploration, play: (story: Story) => Promise<Verdict>): Promise<Found> {
  const { fc } = chance;
  let [commands, carriedOut] = [0, 0];
  const isSound = async (story: Story) => {
    const verdict = await play(story);
    const sent = story.steps.filter(({ kind }) => kind === "when").length;
    commands += sent;
    carriedOut += sent - verdict.turnedDown.length;
    return !isBroken(verdict);
  };
  const stories = arbitraryStory(chance, `Found by exploring with seed ${seed}`);
  const { failed, counterexample, numRuns } = await fc.check(fc.asyncProperty(stories, isSound), { seed, numRuns: runs });
  const counts = { stories: numRuns, commands, carriedOut };
  const story = counterexample?.[0];
  if (!failed || story === undefined) return { kind: "nothing", ...counts };
  const verdict = await play(story);
  return { kind: "broken", story: untilBroken(story, verdict), verdict, ...counts };
}

const isBroken = ({ failures }: Verdict): boolean => failures.some(({ cause }) => breaking.has(cause.kind));

/** What comes after the break was never played. */
function untilBroken(story: Story, { failures }: Verdict): Story {
  const last = Math.max(...failures.filter(({ cause }) => breaking.has(cause.kind)).map(({ step }) => step));
  return { ...story, steps: story.steps.slice(0, last + 1) };
}
