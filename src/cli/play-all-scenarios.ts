import { availableParallelism } from "node:os";
import { emitScenarios } from "../emitters/server/scenarios.ts";
import type { Domain } from "../model/domain.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Verdict } from "../testing/verdict.ts";
import { exitCode } from "./exit-code.ts";
import { refusal, type Refusal } from "./refusal.ts";
import { ScenarioProcess } from "./scenario-process.ts";

/** A verdict for each scenario of the domain, in order; or why there can be none. */
export type PlayedAll = { readonly kind: "played"; readonly verdicts: readonly Verdict[] } | Refusal;

/** So many are worth a process of their own, which takes as long to start. */
const fewest = 40;

/** Plays scenarios on the code in the folder, in as many processes as the machine has cores and they are worth. */
export async function playScenarios(folder: string, domain: Domain): Promise<PlayedAll> {
  const { scenarios } = domain;
  const processes = Math.max(1, Math.min(availableParallelism(), Math.floor(scenarios.length / fewest)));
  const each = Math.ceil(scenarios.length / processes);
  const shares = Array.from({ length: processes }, (_, index) => scenarios.slice(index * each, (index + 1) * each));
  const played = await Promise.all(shares.map((share) => playInTurn(folder, { ...domain, scenarios: share })));
  const refused = played.find((one) => one.kind === "refusal");
  return refused ?? { kind: "played", verdicts: played.flatMap((one) => (one.kind === "played" ? one.verdicts : [])) };
}

/** One that does not come to an end costs its process; those after it get a new one. */
async function playInTurn(folder: string, domain: Domain): Promise<PlayedAll> {
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
