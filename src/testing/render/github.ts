import { positionAt } from "../../diagnostics/position.ts";
import { failureText } from "../failure-text.ts";
import type { Report } from "../report.ts";

/** Workflow commands of GitHub Actions, one a line, which annotate the lines of a pull request that failed. */
export function renderGithub({ told, domain, sources }: Report): string {
  const annotations = told.flatMap(({ scenario, verdict }) =>
    verdict.failures.map((failure) => {
      const { file, span } = scenario.steps[failure.step]?.place ?? scenario.place;
      const { line, column } = positionAt(sources.linesOf(file), span.start);
      const { sentence, heading, happened } = failureText(failure, scenario, domain);
      const text = [sentence, ...(happened.length === 0 ? [] : [heading, ...happened.map((one) => one.text)])].join("\n");
      return `::error file=${property(file)},line=${line},col=${column},title=${property(scenario.title)}::${escaped(text)}`;
    }),
  );
  return annotations.join("\n");
}

const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string) => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
