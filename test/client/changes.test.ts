import fc from "fast-check";
import { expect, test } from "vitest";
import { applyChanges, difference, isEmpty } from "../../runtime/client/changes.ts";

const row = fc.record({ id: fc.constantFrom(..."abcdefgh"), likes: fc.nat(2) });
const rows = fc.uniqueArray(row, { selector: ({ id }) => id });

test("what differs between two answers turns the one into the other", () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      expect(applyChanges(before, difference(before, after))).toEqual(after);
    }),
  );
});

test("nothing differs between equal answers", () => {
  fc.assert(fc.property(rows, (same) => isEmpty(difference(same, structuredClone(same)))));
});

test("a row that changed at its place is all that is put", () => {
  const before = [..."abc"].map((id) => ({ id, likes: 0 }));
  const after = before.map((row) => (row.id === "b" ? { ...row, likes: 1 } : row));

  expect(difference(before, after)).toEqual({ removed: [], put: [{ index: 1, row: { id: "b", likes: 1 } }] });
});

test("an answer that somebody kept stays as it was", () => {
  const before = Object.freeze([{ id: "a" }, { id: "b" }]);
  applyChanges(before, { removed: ["a"], put: [{ index: 0, row: { id: "c" } }] });

  expect(before).toEqual([{ id: "a" }, { id: "b" }]);
});
