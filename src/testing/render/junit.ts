import { failureText } from "../failure-text.ts";
import { failedIn, type Report } from "../report.ts";

/** The XML that continuous integration reads: a suite for the model, a case for each scenario. Times are in seconds. */
export function renderJunit(report: Report): string {
  const { told, domain, milliseconds } = report;
  const counts = `tests="${told.length}" failures="${failedIn(report)}" errors="0" time="${seconds(milliseconds)}"`;
  const cases = told.map(({ scenario, verdict }) => {
    const { file, line } = scenario.place;
    const head = attributes({
      name: scenario.title,
      classname: domain.name,
      file,
      line: String(line),
      time: seconds(verdict.milliseconds),
    });
    const failures = verdict.failures.map((failure) => {
      const place = scenario.steps[failure.step]?.place ?? scenario.place;
      const { sentence, heading, happened } = failureText(failure, scenario, domain);
      const text = [
        `${place.file}:${place.line}`,
        sentence,
        ...(happened.length === 0 ? [] : [heading]),
        ...happened.map((one) => one.text),
      ].join("\n");
      return `      <failure message=${quoted(sentence)} type=${quoted(failure.cause.kind)}>${escaped(text)}</failure>`;
    });
    return failures.length === 0 ? `    <testcase${head}/>` : [`    <testcase${head}>`, ...failures, "    </testcase>"].join("\n");
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name=${quoted(domain.name)} ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
  ].join("\n");
}

const attributes = (values: { readonly [name: string]: string }) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}=${quoted(value)}`)
    .join("");

const quoted = (text: string) => `"${escaped(text).replaceAll("\n", "&#10;")}"`;

/** Characters that XML cannot have at all are left out. */
const escaped = (text: string) =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);
