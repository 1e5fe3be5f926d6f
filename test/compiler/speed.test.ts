import { expect, test } from "vitest";
import { parse } from "../../grammar/parse.ts";
import { check } from "../../src/checker/check.ts";
import { linesOf } from "../../src/diagnostics/position.ts";
import { buildDomain } from "../../src/model/build/domain.ts";
import { findings } from "../../src/model/findings.ts";
import { unreadIn } from "../../src/model/unread.ts";

const aggregate = (number: number) => `  aggregate thing${String(number)}
    text: text
    likes: integer
    command send on new thing${String(number)}
      text: text
      reject "Text is missing." when text is empty
      publish sent with text
    event sent
      text: text
      set text, likes = likes + 1
    allow everyone to send
    allow everyone to see sent
`;

const model = (aggregates: number) =>
  `domain big\n\ncontext all\n\n${Array.from({ length: aggregates }, (_, number) => aggregate(number)).join("\n")}`;

/** The best of several, in milliseconds of this thread's own time: what else the machine does is not measured. */
function fastest(runs: number, action: () => void): number {
  return Math.min(
    ...Array.from({ length: runs }, () => {
      const began = process.threadCpuUsage();
      action();
      const { user, system } = process.threadCpuUsage(began);
      return (user + system) / 1000;
    }),
  );
}

function checking(aggregates: number): number {
  const text = model(aggregates);
  const source = { file: "big.domain", lines: linesOf(text), document: parse(text).document };
  return fastest(5, () => {
    const found = findings(unreadIn([source], []));
    const domain = buildDomain([source], found);
    expect(check(domain, found.all(), [source])).toEqual([]);
  });
}

test("a thousand aggregates are checked in less than half a second, and four thousand in about four times that", () => {
  const [thousand, fourThousand] = [checking(1000), checking(4000)];
  expect(thousand).toBeLessThan(500);
  expect(fourThousand / thousand).toBeLessThan(8);
});
