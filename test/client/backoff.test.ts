import { expect, test } from "vitest";
import { backoff } from "../../runtime/client/backoff.ts";

test("the longest wait doubles with each failure, up to ten seconds", () => {
  expect([0, 1, 2, 3, 6, 7, 1_000].map((failures) => backoff(failures, 1))).toEqual([100, 200, 400, 800, 6_400, 10_000, 10_000]);
});

test("half of each wait is left to chance", () => {
  expect([0, 0.5, 1].map((random) => backoff(3, random))).toEqual([400, 600, 800]);
});
