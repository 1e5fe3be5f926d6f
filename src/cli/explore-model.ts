import type { Analysed } from "../compile.ts";
import { counted } from "../diagnostics/phrases.ts";
import { emitScenarios } from "../emitters/server/scenarios.ts";
import { explore, type Found } from "../testing/explore/explore.ts";
import { storyText } from "../testing/explore/story-text.ts";
import { failureText } from "../testing/failure-text.ts";
import type { Story } from "../testing/story.ts";
import type { Verdict } from "../testing/verdict.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Located } from "./locate.ts";
import { endless } from "./play-all-scenarios.ts";
import { refusal, tellRefusal } from "./refusal.ts";
import { ScenarioProcess } from "./scenario-process.ts";
import type { Terminal } from "./terminal.ts";

export interface Exploring {
  readonly seed: number;
  readonly runs: number;
}

/** `wkgen test --explore`: plays stories that are made up on a model that was built, and shows the smallest that breaks something. */
export async function exploreModel({ folder }: Located, { domain }: Analysed, exploring: Exploring, terminal: Terminal): Promise<ExitCode> {
  if (domain.contexts.every(({ aggregates }) => aggregates.every(({ commands }) => commands.length === 0)))
    return tellRefusal(terminal, refusal("There are no commands yet, so there is nothing to explore."));
  const began = performance.now();
  const player = new StoryPlayer(folder, emitScenarios({ ...domain, scenarios: [] }));
  try {
    const fc = await import("fast-check");
    const found = await explore({ fc, domain }, exploring, (story) => player.play(story));
    tell(found, exploring, performance.now() - began, domain, terminal);
    return found.kind === "nothing" ? exitCode.fine : exitCode.failed;
  } catch (error) {
    if (!(error instanceof NotLoaded)) throw error;
    return tellRefusal(terminal, refusal(error.message, error.place, exitCode.failed));
  } finally {
    player.end();
  }
}

function tell(found: Found, { seed }: Exploring, milliseconds: number, domain: Analysed["domain"], { print, paint }: Terminal): void {
  const { stories, commands, carriedOut } = found;
  const counts = `${counted(stories, "story").replace("storys", "stories")}, ${counted(commands, "command")} (${carriedOut} carried out), seed ${seed}`;
  if (found.kind === "nothing") return print(`${paint.green("✓")} Nothing broke: ${counts}, ${(milliseconds / 1000).toFixed(1)} s`);

  const failure = found.verdict.failures.at(-1)!;
  const { sentence } = failureText(failure, { steps: [] }, domain);
  const at = failure.cause.kind === "fault" && failure.cause.at !== undefined ? ` (${failure.cause.at})` : "";
  print(`${paint.red("✗")} ${sentence}${at}\n  The smallest story that shows it; paste it into the model:\n`);
  print(storyText(found.story, found.verdict, domain));
  print(paint.dim(`Found after ${counts}`));
}

class NotLoaded extends Error {
  readonly place: string | undefined;

  constructor(message: string, place: string | undefined) {
    super(message);
    this.place = place;
  }
}

/** Plays one story at a time in one process; a story that does not come to an end costs it, and the next one gets another. */
class StoryPlayer {
  readonly #folder: string;
  readonly #module: string;
  #process: ScenarioProcess | undefined;

  constructor(folder: string, module: string) {
    this.#folder = folder;
    this.#module = module;
  }

  async play(story: Story): Promise<Verdict> {
    const process = this.#process ?? (await this.#begin());
    const played = await process.play([story]);
    const [verdict] = played.verdicts;
    if (verdict !== undefined) return verdict;
    this.end();
    return endless(story.title, story.steps.length - 1);
  }

  end(): void {
    this.#process?.end();
    this.#process = undefined;
  }

  async #begin(): Promise<ScenarioProcess> {
    this.#process = new ScenarioProcess();
    const begun = await this.#process.begin(this.#folder, this.#module);
    if (begun.kind === "failed") throw new NotLoaded(`The generated application cannot be loaded: ${begun.message}`, begun.place);
    return this.#process;
  }
}
