import { emitScenarios } from "../emitters/server/scenarios.ts";
import type { Domain } from "../model/domain.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Verdict } from "../testing/verdict.ts";
import { exitCode } from "./exit-code.ts";
import { refusal, type Refusal } from "./refusal.ts";
import { ScenarioProcess } from "./scenario-process.ts";

/** A verdict for each scenario of the domain, in order; or why there can be none. */
export type PlayedAll = { readonly kind: "played"; readonly verdicts: readonly Verdict[] } | Refusal;

/** Plays scenarios on the code in the folder. One that does not come to an end costs its process; the others get a new one. */
export async function playScenarios(folder: string, domain: Domain): Promise<PlayedAll> {
  const verdicts: Verdict[] = [];
  while (verdicts.length < domain.scenarios.length) {
    const scenarios = domain.scenarios.slice(verdicts.length);
    const player = new ScenarioProcess();
    const played = await player.begin(folder, emitScenarios({ ...domain, scenarios }));
    player.end();
    verdicts.push(...played.verdicts);
    if (played.kind === "failed")
      return refusal(`The generated application cannot be loaded: ${played.message}`, played.place, exitCode.failed);
    const next = scenarios[played.verdicts.length];
    if (played.kind === "stuck" && next !== undefined) verdicts.push(endless(next.title, firstCommand(next)));
  }
  return { kind: "played", verdicts };
}

const firstCommand = ({ steps }: Scenario): number =>
  Math.max(
    0,
    steps.findIndex(({ kind }) => kind === "command"),
  );

/** The verdict on a story that does not come to an end. */
export const endless = (title: string, step: number): Verdict => ({
  title,
  milliseconds: 0,
  failures: [{ step, cause: { kind: "fault", message: "It does not come to an end." }, happened: { events: [], runs: [], refusals: [] } }],
  turnedDown: [],
  seen: { commands: [], refusals: [], events: [], permissions: [], projections: [], reactions: [] },
});
