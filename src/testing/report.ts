import type { Sources } from "../diagnostics/sources.ts";
import type { Domain } from "../model/domain.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Shown } from "./coverage.ts";
import type { Verdict } from "./verdict.ts";

/** How all scenarios of a model went. */
export interface Report {
  readonly domain: Domain;
  readonly sources: Sources;
  /** In the order of the model. */
  readonly told: readonly { readonly scenario: Scenario; readonly verdict: Verdict }[];
  /** Of the whole model; undefined where only some of the scenarios were played. */
  readonly shown: readonly Shown[] | undefined;
  readonly milliseconds: number;
}

export const failedIn = ({ told }: Report): number => told.filter(({ verdict }) => verdict.failures.length > 0).length;
