import { positionAt } from "../../diagnostics/position.ts";
import type { Place } from "../../model/place.ts";
import { percentOf } from "../coverage.ts";
import { failureText } from "../failure-text.ts";
import type { Report } from "../report.ts";

/**
 * For machines: `{ scenarios: [{ title, file, line, passed, milliseconds, failures: [{ file, line, column, cause, message, claimed?, happened }] }],
 * coverage?: { percent, missing: [{ what, sentence, file, line }] }, milliseconds }`.
 */
export function renderJson({ told, shown, domain, sources, milliseconds }: Report): string {
  const place = ({ file, span }: Place) => ({ file, ...positionAt(sources.linesOf(file), span.start) });
  const scenarios = told.map(({ scenario, verdict }) => ({
    title: scenario.title,
    file: scenario.place.file,
    line: scenario.place.line,
    passed: verdict.failures.length === 0,
    milliseconds: inTenths(verdict.milliseconds),
    failures: verdict.failures.map((failure) => ({
      ...place(scenario.steps[failure.step]?.place ?? scenario.place),
      cause: failure.cause.kind,
      message: failureText(failure, scenario, domain).sentence,
      ...(failure.claimed && { claimed: failure.claimed }),
      happened: failure.happened,
    })),
  }));
  const missing = shown
    ?.filter(({ isShown }) => !isShown)
    .map(({ what, sentence, place: { file, line } }) => ({ what, sentence, file, line }));
  const coverage = shown === undefined ? {} : { coverage: { percent: percentOf(shown), missing } };
  return JSON.stringify({ scenarios, ...coverage, milliseconds: inTenths(milliseconds) }, null, 2);
}

const inTenths = (milliseconds: number) => Math.round(milliseconds * 10) / 10;
