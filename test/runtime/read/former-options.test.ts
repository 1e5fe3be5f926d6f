import { expect, test } from "vitest";
import { checkCondition } from "../../../runtime/read/check-condition.ts";
import { columnsOf } from "../../../runtime/read/columns.ts";
import type { Fault } from "../../../runtime/read/fault.ts";

const columns = columnsOf({ status: { type: "choice", of: ["there", "gone", "kept"], renamed: { left: "gone", kept: "there" } } });

function checked(condition: object) {
  const faults: Fault[] = [];

  return { condition: checkCondition(columns, condition, faults), faults };
}

test.each([
  [{ status: "left" }, "gone"],
  [{ status: "gone" }, "gone"],
  // The name of one that there is now is never taken for another.
  [{ status: "kept" }, "kept"],
  [{ status: { isNot: "left" } }, "gone"],
  [{ status: { in: ["left", "there"] } }, ["gone", "there"]],
])("whoever asks for an option under a former name is understood: %j", (condition, value) => {
  expect(checked(condition)).toMatchObject({ faults: [], condition: { value } });
});

test("what no option was ever called is none", () => {
  expect(checked({ status: "lost" }).faults).toMatchObject([
    { field: "where.status", rule: expect.stringContaining('"lost" is none of its options') },
  ]);
});
