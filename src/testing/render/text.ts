import { codeFrame } from "../../diagnostics/code-frame.ts";
import { counted } from "../../diagnostics/phrases.ts";
import { positionAt } from "../../diagnostics/position.ts";
import type { Place } from "../../model/place.ts";
import type { Scenario } from "../../model/scenario.ts";
import { percentOf, type Shown } from "../coverage.ts";
import { failureText, type Line } from "../failure-text.ts";
import { failedIn, type Report } from "../report.ts";
import type { Failure, Verdict } from "../verdict.ts";

export interface ReportPaint {
  green(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

const mostUnshown = 20;

/** For people: a line for each scenario, what went wrong in those that failed, and what no scenario shows. */
export function renderText(report: Report, paint: ReportPaint): string {
  const stories = report.told.map(({ scenario, verdict }) => renderStory(report, scenario, verdict, paint));
  return [...stories, "", summary(report, paint), ...renderCoverage(report, paint)].join("\n");
}

function renderStory(report: Report, scenario: Scenario, { failures, milliseconds }: Verdict, paint: ReportPaint): string {
  const duration = paint.dim(`${Math.max(1, Math.round(milliseconds))} ms`);
  if (failures.length === 0) return `${paint.green("✓")} ${scenario.title}  ${duration}`;
  const texts = failures.map((failure) => renderFailure(report, scenario, failure, paint));
  return `${paint.red("✗")} ${paint.bold(scenario.title)}  ${duration}\n\n${texts.join("\n\n")}\n`;
}

function renderFailure({ domain, sources }: Report, scenario: Scenario, failure: Failure, paint: ReportPaint): string {
  const place = scenario.steps[failure.step]?.place ?? scenario.place;
  const { sentence, heading, happened } = failureText(failure, scenario, domain);
  const at = failure.cause.kind === "fault" ? failure.cause.at : undefined;
  const frame = codeFrame(sources.linesOf(place.file), place.span, { gutter: paint.dim, marker: paint.red });
  return [
    `  ${paint.bold(where(sources, place))} ${sentence}${at === undefined ? "" : ` (${at})`}`,
    indented(frame, "    "),
    ...(happened.length === 0 ? [] : [`  ${heading}`, ...happened.map((line) => renderLine(line, paint))]),
  ].join("\n");
}

/** The line, and below it marks under what is different. */
function renderLine({ text, marks }: Line, paint: ReportPaint): string {
  if (marks.length === 0) return `    ${text}`;
  let under = "";
  for (const { from, length } of marks) under += " ".repeat(from - under.length) + "^".repeat(length);
  return `    ${text}\n    ${paint.red(under)}`;
}

const indented = (text: string, by: string) => text.replaceAll(/^/gm, by);

/** `chat.domain:49:3`, which terminals and editors turn into a link. */
function where(sources: Report["sources"], { file, span }: Place): string {
  const { line, column } = positionAt(sources.linesOf(file), span.start);
  return `${file}:${line}:${column}`;
}

function summary(report: Report, paint: ReportPaint): string {
  const failed = failedIn(report);
  const parts = [counted(report.told.length, "scenario"), ...(failed === 0 ? [] : [paint.red(`${failed} failed`)])];
  return `${failed === 0 ? paint.green("✓") : paint.red("✗")} ${parts.join(", ")}, ${Math.round(report.milliseconds)} ms`;
}

function renderCoverage({ shown }: Report, paint: ReportPaint): readonly string[] {
  if (shown === undefined) return [];
  const missing = shown.filter(({ isShown }) => !isShown);
  if (missing.length === 0) return [`${paint.green("✓")} The scenarios show all that the model says.`];
  const listed = missing.toSorted(byPlace).slice(0, mostUnshown);
  const more = missing.length - listed.length;
  return [
    `${paint.yellow("○")} The scenarios show ${percentOf(shown)} % of what the model says. They do not show that`,
    ...listed.map(({ place, sentence }) => `  ${paint.dim(`${place.file}:${place.line}`)}  ${sentence}`),
    ...(more === 0 ? [] : [`  … and ${more} more; --json lists them all`]),
  ];
}

function byPlace({ place: a }: Shown, { place: b }: Shown): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}
