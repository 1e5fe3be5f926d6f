import { analyse, type Analysed } from "../compile.ts";
import { sourcesOf } from "../diagnostics/sources.ts";
import { nodeHost } from "../host/node-host.ts";
import type { Scenario } from "../model/scenario.ts";
import { coverage, percentOf } from "../testing/coverage.ts";
import { failedIn, type Report } from "../testing/report.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Exploring } from "./explore-model.ts";
import type { Located } from "./locate.ts";
import { playScenarios } from "./play-all-scenarios.ts";
import { refusal, tellRefusal } from "./refusal.ts";
import type { Terminal } from "./terminal.ts";

export interface Asked {
  readonly kind: "asked";
  readonly format: "text" | "json" | "junit" | "github";
  /** Only scenarios whose title has this in it, in whatever case. */
  readonly filter?: string;
  /** Stories are made up, and no scenarios played. */
  readonly exploring?: Exploring;
  /** How much of the model the scenarios have to show, in percent. */
  readonly coverage?: number;
}

/** Plays the scenarios of a model that was built. */
export async function testModel(found: Located, asked: Asked, terminal: Terminal): Promise<ExitCode> {
  const analysed = analyse(nodeHost, found.files);
  if (asked.exploring !== undefined) return (await import("./explore-model.ts")).exploreModel(found, analysed, asked.exploring, terminal);
  const scenarios = chosen(analysed, asked);
  if (scenarios.length === 0 && asked.filter !== undefined)
    return tellRefusal(terminal, refusal(`No scenario has "${asked.filter}" in its title.`, titlesOf(analysed)));

  const began = performance.now();
  const played = await playScenarios(found.folder, { ...analysed.domain, scenarios });
  if (played.kind === "refusal") return tellRefusal(terminal, played);
  const { verdicts } = played;
  const report: Report = {
    domain: analysed.domain,
    sources: sourcesOf(analysed.texts),
    told: scenarios.map((scenario, index) => ({ scenario, verdict: verdicts[index]! })),
    shown: asked.filter === undefined ? coverage(analysed.domain, verdicts) : undefined,
    milliseconds: performance.now() - began,
  };
  await print(report, asked, terminal);
  return exitCodeOf(report, asked, terminal);
}

const chosen = ({ domain }: Analysed, { filter = "" }: Asked): readonly Scenario[] =>
  domain.scenarios.filter(({ title }) => title.toLowerCase().includes(filter.toLowerCase()));

const titlesOf = ({ domain }: Analysed): string =>
  domain.scenarios.length === 0
    ? "The model has no scenarios yet."
    : `There is: ${domain.scenarios
        .slice(0, 12)
        .map(({ title }) => title)
        .join(", ")}`;

async function print(report: Report, { format }: Asked, { print, paint }: Terminal): Promise<void> {
  switch (format) {
    case "json":
      return print((await import("../testing/render/json.ts")).renderJson(report));
    case "junit":
      return print((await import("../testing/render/junit.ts")).renderJunit(report));
    case "github": {
      const text = (await import("../testing/render/github.ts")).renderGithub(report);
      return text === "" ? undefined : print(text);
    }
    case "text":
      if (report.told.length === 0) return print(await withoutScenarios(report));
      return print((await import("../testing/render/text.ts")).renderText(report, paint));
  }
}

async function withoutScenarios({ domain }: Report): Promise<string> {
  const first = (await import("../testing/first-scenario.ts")).firstScenario(domain);
  return first === undefined ? "There are no scenarios yet." : `There are no scenarios yet. A first one:\n\n${first}`;
}

function exitCodeOf(report: Report, { coverage }: Asked, { tell, paintTold }: Terminal): ExitCode {
  const shown = percentOf(report.shown ?? []);
  const isEnough = coverage === undefined || shown >= coverage;
  if (!isEnough) tell(paintTold.red(`The scenarios show ${shown} % of what the model says; ${coverage} % are asked for.`));
  return isEnough && failedIn(report) === 0 ? exitCode.fine : exitCode.failed;
}
