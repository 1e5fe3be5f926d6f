import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, suggest } from "../../../src/diagnostics/suggest.ts";

describe("the distance of two names", () => {
  test.each([
    ["liked", "liked", 0],
    ["likd", "liked", 1],
    ["lieked", "liked", 1],
    ["liekd", "liked", 1],
    ["Liked", "liked", 0.5],
    ["message", "messages", 1],
    ["entries", "entry", 1],
    ["box", "boxes", 1],
    ["send", "sent", 1],
  ])("%s, %s: %d", (a, b, expected) => {
    expect(distance(a, b)).toBe(expected);
  });

  test("is the same in both directions, and zero only for the same name", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe("what may have been meant", () => {
  test("is the nearest name, where one is near enough", () => {
    expect(suggest("likd", ["sent", "liked"]).nearest).toBe("liked");
    expect(suggest("xyz", ["sent", "liked"]).nearest).toBeUndefined();
    expect(suggest("a", ["b"]).nearest).toBeUndefined();
    expect(suggest("id", ["in"]).nearest).toBe("in");
  });

  test("is all there is, where that is little, else the nearest three", () => {
    expect(suggest("x", ["sent", "liked"]).choices).toEqual(["sent", "liked"]);
    const many = Array.from({ length: 13 }, (_, index) => `name${String(index)}`);
    expect(suggest("name1x", many).choices).toHaveLength(3);
    expect(suggest("name1x", many.slice(0, 12)).choices).toHaveLength(12);
  });

  test("is never the name itself, and each name once", () => {
    expect(suggest("sent", ["sent", "sent"])).toEqual({ choices: [] });
    expect(suggest("x", ["sent", "sent"]).choices).toEqual(["sent"]);
  });
});
