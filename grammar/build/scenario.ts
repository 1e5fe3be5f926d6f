import type { Scenario, Step } from "../ast.ts";
import type { Line } from "../outline.ts";
import type { Reading } from "../reading.ts";
import { keep } from "./keep.ts";
import { readMembers } from "./block.ts";

export function readScenario(reading: Reading, line: Line): Scenario | undefined {
  const head = reading.read(line, "scenario");
  if (head === undefined) return undefined;
  const steps: Step[] = [];
  const block = readMembers(reading, line, "scenario", {
    given: (child) => keep(steps, reading.read(child, "given")),
    when: (child) => keep(steps, reading.read(child, "whenStep")),
    then: (child) => keep(steps, reading.read(child, "then")),
  });
  return { kind: "scenario", ...head, steps, ...block };
}
