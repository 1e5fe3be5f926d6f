import type { Application } from "../application.ts";
import { play } from "./play.ts";
import type { Story } from "./story.ts";
import type { Verdict } from "./verdict.ts";

/** What a process that plays stories tells the one that started it. */
export type Told = { readonly kind: "verdict"; readonly verdict: Verdict } | { readonly kind: "played" };

/** What it may be asked afterwards, for as long as it is connected. */
export interface Asked {
  readonly kind: "play";
  readonly stories: readonly Story[];
}

/** Plays all stories, one after the other, and tells the process that started this one; then those that it is sent. */
export async function playStories(application: Application, stories: readonly Story[]): Promise<void> {
  await playAll(application, stories);
  process.on("message", (asked: Asked) => void playAll(application, asked.stories));
}

async function playAll(application: Application, stories: readonly Story[]): Promise<void> {
  for (const story of stories) tell({ kind: "verdict", verdict: await play(application, story) });
  tell({ kind: "played" });
}

function tell(told: Told): void {
  process.send?.(told);
}
