import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf } from "../../../runtime/read/columns.ts";
import type { CheckedCondition } from "../../../runtime/read/condition.ts";
import { equalityOf } from "../../../runtime/read/equality.ts";
import { compareCells, holding } from "../../../runtime/read/holds.ts";
import { LiveQueries } from "../../../runtime/read/live-queries.ts";
import type { Candidate, View } from "../../../runtime/read/window.ts";

const [, owner, done, weight] = columnsOf({
  owner: { type: "text", optional: true },
  done: { type: "boolean" },
  weight: { type: "integer" },
});
const owners = [null, "ann", "bob", "cyd"];

const is = (column: typeof owner, value: unknown): CheckedCondition => ({ kind: "compare", column: column!, operator: "is", value });

const condition = fc.oneof(
  fc.constantFrom(...owners).map((name) => is(owner, name)),
  fc.boolean().map((value) => is(done, value)),
  fc.tuple(fc.constantFrom(...owners), fc.nat({ max: 4 })).map(([name, least]): CheckedCondition => ({
    kind: "all",
    of: [{ kind: "compare", column: weight!, operator: "atLeast", value: least }, is(owner, name)],
  })),
  fc.constantFrom(...owners).map((name): CheckedCondition => ({ kind: "not", of: is(owner, name) })),
  fc
    .tuple(fc.constantFrom(...owners), fc.boolean())
    .map(([name, value]): CheckedCondition => ({ kind: "any", of: [is(owner, name), is(done, value)] })),
  fc.constant<CheckedCondition>({ kind: "all", of: [] }),
);

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      rows: fc.array(fc.tuple(fc.nat({ max: 40 }), fc.option(fc.tuple(fc.constantFrom(...owners), fc.boolean(), fc.nat({ max: 6 })))), {
        minLength: 1,
        maxLength: 6,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("observe" as const), condition, take: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("anew" as const) }) },
);

function candidateOf(number: number, [name, isDone, heavy]: readonly [string | null, boolean, number]): Candidate {
  const id = `r${number}`;
  const cells = [id, name, Number(isDone), heavy];
  return { id, cells, row: { id }, json: JSON.stringify(cells) };
}

function viewOf(rows: ReadonlyMap<string, Candidate>, where: CheckedCondition, take: number, isIndexed: boolean): View {
  const holds = holding(where);
  const orderBy = [{ column: weight!, direction: "descending" as const }];
  const order = (left: Candidate, right: Candidate) =>
    compareCells(right.cells[weight!.index]!, left.cells[weight!.index]!) || compareCells(left.id, right.id);
  return {
    query: { orderBy, skip: 0, take },
    ...(isIndexed && { equality: equalityOf(where) }),
    keeps: ({ cells }) => holds(cells),
    first: (count) =>
      [...rows.values()]
        .filter(({ cells }) => holds(cells))
        .sort(order)
        .slice(0, count),
  };
}

test("questions that are found by the rows that changed are told what all of them would be told that are asked", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const rows = new Map<string, Candidate>();
      const [found, asked] = [new LiveQueries(), new LiveQueries()];
      let position = 0;
      const observed: number[] = [];
      const both = <Result>(work: (queries: LiveQueries, isIndexed: boolean) => Result) => {
        const [one, other] = [work(found, true), work(asked, false)];
        expect(one).toEqual(other);
        return one;
      };
      const refreshed = (touched: ReadonlyMap<string, Candidate | undefined> | undefined) =>
        both((queries) => [...queries.refresh("list", touched, position)].sort((left, right) => left.live - right.live));

      for (const step of steps) {
        position += 1;
        if (step.kind === "put") {
          const touched = new Map(step.rows.map(([number, cells]) => [`r${number}`, cells ? candidateOf(number, cells) : undefined]));
          for (const [id, row] of touched) {
            if (row) rows.set(id, row);
            else rows.delete(id);
          }
          refreshed(touched);
        } else if (step.kind === "observe") {
          const key = JSON.stringify([step.condition, step.take]);
          const { live } = both((queries, isIndexed) =>
            queries.begin("list", key, viewOf(rows, step.condition, step.take, isIndexed), position),
          );
          observed.push(live);
        } else if (step.kind === "leave" && observed.length > 0) {
          const [live] = observed.splice(step.which % observed.length, 1);
          both((queries) => queries.end(live!));
        } else if (step.kind === "anew") {
          both((queries) => queries.forgetIdle());
          refreshed(undefined);
        }
        for (const live of observed) both((queries) => [queries.find(live)!.position, queries.find(live)!.answer]);
      }
    }),
    { numRuns: 500 },
  );
});
