import { expect, test } from "vitest";
import { refusals } from "../../runtime/compat/refusal.ts";
import { translateQuery } from "../../runtime/compat/translate-query.ts";

const list = { fields: { likes: { type: "integer" }, text: { type: "text" }, tags: { type: "list", of: { type: "text" } } } } as const;
const where = (where: unknown) => translateQuery(list, { where });

test.each<readonly [unknown, unknown]>([
  [{}, { and: [] }],
  [{ text: "hey" }, { text: "hey" }],
  [{ id: "m1" }, { id: "m1" }],
  [{ text: null }, { text: null }],
  [{ text: "hey", likes: 2 }, { and: [{ text: "hey" }, { likes: 2 }] }],
  [{ likes: { $greaterThan: 1 } }, { likes: { moreThan: 1 } }],
  [{ likes: { $greaterThanOrEqualTo: 1 } }, { likes: { atLeast: 1 } }],
  [{ likes: { $lessThan: 1 } }, { likes: { lessThan: 1 } }],
  [{ likes: { $lessThanOrEqualTo: 1 } }, { likes: { atMost: 1 } }],
  [{ likes: { $notEqualTo: 1 } }, { likes: { isNot: 1 } }],
  [{ likes: { $greaterThan: 1, $lessThan: 5 } }, { and: [{ likes: { moreThan: 1 } }, { likes: { lessThan: 5 } }] }],
  [{ tags: { $contains: "new" } }, { tags: { contains: "new" } }],
  [{ tags: { $doesNotContain: "new" } }, { not: { tags: { contains: "new" } } }],
  [{ text: { $contains: "hey" } }, { text: { is: "hey" } }],
  [{ text: { $doesNotContain: "hey" } }, { not: { text: { is: "hey" } } }],
  [{ $or: [{ likes: 1 }, { $and: [{ likes: 2 }, { text: "" }] }] }, { or: [{ likes: 1 }, { and: [{ likes: 2 }, { text: "" }] }] }],
  [{ $or: [] }, { or: [] }],
])("%j", (asked, meant) => {
  expect(where(asked)).toEqual({ where: meant, orderBy: {} });
});

test.each<readonly [unknown]>([
  ["likes"],
  [null],
  [[]],
  [{ unknown: 1 }],
  [{ $nor: [] }],
  [{ not: { likes: 1 } }],
  [{ likes: { atLeast: 1 } }],
  [{ likes: { $gt: 1 } }],
  [{ likes: { $greaterThan: [1] } }],
  [{ likes: {} }],
  [{ "tags.0": "new" }],
])("%j is no condition", (asked) => {
  expect(where(asked)).toBe(refusals.invalidWhere);
});

test("an order has two directions, each with a long and a short name", () => {
  const orderBy = { likes: "desc", text: "ascending", id: "descending", tags: "asc" };
  expect(translateQuery(list, { orderBy })).toEqual({
    where: {},
    orderBy: { likes: "descending", text: "ascending", id: "descending", tags: "ascending" },
  });
  for (const wrong of [{ likes: 1 }, { likes: "up" }, { likes: "constructor" }, ["likes"], "likes", null])
    expect(translateQuery(list, { orderBy: wrong })).toBe(refusals.invalidOrderBy);
});
