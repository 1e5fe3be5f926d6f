import fc from "fast-check";
import { expect, test } from "vitest";
import type { Changes } from "../../../runtime/protocol/query.ts";
import { difference } from "../../../runtime/read/difference.ts";

const answers = fc.uniqueArray(fc.record({ id: fc.constantFrom(..."abcdefghij"), value: fc.integer({ min: 0, max: 2 }) }), {
  selector: ({ id }) => id,
});

test("the difference leads from any answer to any other", () => {
  fc.assert(
    fc.property(answers, answers, (before, after) => {
      expect(applied(before, changes(before, after))).toEqual(after);
    }),
  );
});

test("between equal answers there is none", () => {
  fc.assert(fc.property(answers, (answer) => difference(asJson(answer), asJson(answer)) === undefined));
});

test.each([
  ["abcd", "bcda", "a"],
  ["abcd", "dabc", "d"],
  ["abcd", "abxcd", "x"],
  ["abcd", "bd", ""],
  ["abcdef", "badcfe", "bdf"],
])("from %s to %s only %s is sent", (before, after, sent) => {
  const { put } = changes(rows(before), rows(after))!;

  expect(
    put
      .map(({ row }) => row.id)
      .sort()
      .join(""),
  ).toHaveLength(sent.length);
});

function rows(letters: string) {
  return [...letters].map((id) => ({ id, value: 0 }));
}

function asJson(answer: readonly { readonly id: string }[]) {
  return answer.map((row) => ({ id: row.id, json: JSON.stringify(row) }));
}

function changes(before: readonly { readonly id: string }[], after: readonly { readonly id: string }[]): Changes | undefined {
  const text = difference(asJson(before), asJson(after));

  return text === undefined ? undefined : JSON.parse(text);
}

/** As `Changes` is described. */
function applied(before: readonly { readonly id: string }[], found: Changes | undefined): readonly object[] {
  if (!found) return before;
  const { removed, put } = found;
  const leaving = new Set([...removed, ...put.map(({ row }) => row.id)]);
  const after: object[] = before.filter(({ id }) => !leaving.has(id));
  for (const { index, row } of put) after.splice(index, 0, row);

  return after;
}
