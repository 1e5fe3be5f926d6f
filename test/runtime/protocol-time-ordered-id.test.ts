import { expect, test } from "vitest";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";

test("ids are UUIDs of version 7 with their time in front", () => {
  const later = Date.now() + 60_000;
  const id = timeOrderedId(later);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(later);
});

test("each is greater than the one before, also within a millisecond and when the clock is set back", () => {
  const now = Date.now() + 120_000;
  const ids = Array.from({ length: 20_000 }, (_, index) => timeOrderedId(index % 3 === 0 ? now - 1000 : now));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted());
});
