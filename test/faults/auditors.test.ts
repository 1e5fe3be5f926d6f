import { describe, expect, test } from "vitest";
import { auditJobs } from "./audit-jobs.ts";
import { FlowsAtWork } from "./killed-flows.ts";
import { inFolder } from "./kills.ts";
import { Observer, type Told } from "./observer.ts";

const asked = { list: "messages", query: { orderBy: { timestamp: "ascending" }, take: 10 } } as const;
const row = (number: number) => ({ id: `m-${number}`, text: `${number}`, likes: 0, timestamp: `${number}` });
const added = (number: number): Told => ({
  type: "changes",
  changes: { removed: [], put: [{ index: number - 1, row: row(number) }] },
  from: number - 1,
  to: number,
  token: `${number}`,
});
const told: readonly Told[] = [{ type: "rows", rows: [row(1)], position: 1, token: "1" }, added(2), added(3), added(4)];

function wrongIn(messages: readonly Told[]): readonly string[] {
  const observer = new Observer(asked, () => undefined);
  for (const message of messages) observer.take(message);
  return observer.wrong;
}

describe("an observer", () => {
  test("finds nothing wrong with a chain of changes", () => expect(wrongIn(told)).toEqual([]));

  test("notices a change that is missing", () =>
    expect(wrongIn(told.toSpliced(2, 1))).toContain("knew 2, and was told what comes after 3"));

  test("notices a change that comes twice", () =>
    expect(wrongIn(told.toSpliced(2, 0, told[1]!))).toContain("knew 2, and was told what comes after 1"));

  test("notices that it is taken back", () => {
    const observer = new Observer(asked, () => undefined);
    for (const message of [...told, told[0]!]) observer.take(message);
    expect(observer.wrong).toContain("was taken back from 4 to 1");
  });

  test("notices that it is told of the end of what it never had", () => {
    const gone: Told = { type: "changes", changes: { removed: ["m-9"], put: [] }, from: 4, to: 5, token: "5" };
    expect(wrongIn([...told, gone])).toEqual(["was told that m-9 is gone, which it had not"]);
  });
});

test("the auditor notices flows whose commands get other ids when they are sent again", { timeout: 300_000 }, () =>
  inFolder(async (folder) => {
    const work = new FlowsAtWork(folder);
    let found: readonly string[] = [];
    for (let kill = 0; kill < 20 && found.length === 0; kill++) {
      await work.workUntilKilled(100 + Math.random() * 200, "other");
      if (kill % 3 === 2) found = auditJobs(await work.drain());
    }
    expect(found).toContainEqual(expect.stringMatching(/times|tickets|number/));
  }),
);
