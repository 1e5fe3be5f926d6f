import { appendFileSync, copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../grammar/parse.ts";
import { print } from "../../grammar/print.ts";
import { analyse } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { arbitraryStory } from "../../src/testing/explore/arbitrary-story.ts";
import { explore } from "../../src/testing/explore/explore.ts";
import { storyText } from "../../src/testing/explore/story-text.ts";
import type { Story } from "../../src/testing/story.ts";
import type { Verdict } from "../../src/testing/verdict.ts";
import { inFolder, run } from "../cli/cli.ts";

const folder = join(import.meta.dirname, "explored");
const modelOf = (name: string) => readFileSync(join(folder, `${name}.domain`), "utf8");
const analysed = (text: string) => analyse(memoryHost({ "/model.domain": text }), ["/model.domain"]);
const complaints = (text: string) =>
  analysed(text).diagnostics.flatMap(({ code, severity, message }) =>
    severity === "error" ? [`${code}: ${message}`] : [],
  );

describe("wkgen test --explore", () => {
  test("prints the smallest story, which fails the same way when it is pasted", async () => {
    await inFolder(async (cwd) => {
      const model = join(cwd, "coupons.domain");
      copyFileSync(join(folder, "coupons.domain"), model);
      const explored = await run(["test", "--explore", "--seed", "1", "--runs", "200"], { cwd });
      expect(explored).toMatchObject({ code: 1, err: "" });
      await expect(explored.out.replace(/Found after .*/, "Found after N stories")).toMatchFileSnapshot(join(folder, "coupons.txt"));

      appendFileSync(model, `\n${/scenario [^]*?\n(?=\n)/.exec(explored.out)?.[0] ?? ""}`);
      expect((await run(["format", "--check"], { cwd })).code).toBe(0);
      const [sentence] = /(?<=✗ ).*/.exec(explored.out) ?? [];
      const tested = await run(["test", "--filter", "Found by exploring"], { cwd });
      expect(tested).toMatchObject({ code: 1, out: expect.stringContaining(String(sentence)) });
    });
  });

  test("says how much was tried where nothing breaks, the same for the same seed", async () => {
    await inFolder(async (cwd) => {
      copyFileSync(join(import.meta.dirname, "../../examples/chat/chat.domain"), join(cwd, "chat.domain"));
      const [first, second] = [
        await run(["test", "--explore", "--seed", "7", "--runs", "20"], { cwd }),
        await run(["test", "--explore", "--seed", "7", "--runs", "20"], { cwd }),
      ];
      expect(first.code).toBe(0);
      expect(first.out).toMatch(/^✓ Nothing broke: 20 stories, \d+ commands \(\d+ carried out\), seed 7, /);
      expect(first.out.replace(/[\d.]+ s$/m, "")).toBe(second.out.replace(/[\d.]+ s$/m, ""));
      expect((await run(["test", "--explore", "--runs", "0"], { cwd })).code).toBe(2);
    });
  });
});

/** What the model is told about the steps of the last scenario. */
const stepsOf = (text: string) =>
  analysed(text)
    .domain.scenarios.at(-1)
    ?.steps.flatMap((step) =>
      step.kind === "command" ? [{ on: step.instance, as: step.as, fields: step.data.map(({ field }) => field) }] : [],
    );

describe.each(["sound", "coupons"])("a story made up for %s", (name) => {
  const model = modelOf(name);
  const { domain } = analysed(model);
  const stories = arbitraryStory({ fc, domain }, "Made up");

  test("is a scenario in the canonical layout, with which nothing is wrong, and that says the same", () => {
    expect(complaints(model)).toEqual([]);
    fc.assert(
      fc.property(stories, (story) => {
        const text = `${model}\n${storyText(story, { turnedDown: [] }, domain)}`;
        expect(complaints(text)).toEqual([]);
        expect(print(parse(text).document, text)).toBe(text);
        expect(stepsOf(text)).toEqual(
          story.steps.flatMap((step) => (step.kind === "when" ? [{ on: step.on, as: step.as, fields: Object.keys(step.data) }] : [])),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("is mostly valid, and sometimes not", () => {
    const sent = fc.sample(stories, { numRuns: 50, seed: 3 }).flatMap(({ steps }) => steps.filter((step) => step.kind === "when"));
    const isWhole = ({ data }: (typeof sent)[number]) => Object.values(data).every((value) => value !== undefined);
    expect(sent.length).toBeGreaterThan(100);
    expect(sent.filter(isWhole).length).toBeGreaterThan(sent.length / 2);
  });
});

test("a story ends where it broke, and is as small as it can be", async () => {
  const { domain } = analysed(modelOf("coupons"));
  const verdict: Verdict = {
    title: "",
    milliseconds: 0,
    failures: [],
    turnedDown: [],
    seen: { commands: [], refusals: [], events: [], permissions: [], projections: [], reactions: [] },
  };
  /** Breaks at the second command that redeems. */
  const play = async ({ steps }: Story): Promise<Verdict> => {
    const redeeming = steps.flatMap((step, index) => (step.kind === "when" && step.command.endsWith(".redeem") ? [index] : []));
    const [, second] = redeeming;
    const happened = { events: [], runs: [], refusals: [] };
    return second === undefined
      ? verdict
      : { ...verdict, failures: [{ step: second, cause: { kind: "fault", message: "No." }, happened }] };
  };
  const found = await explore({ fc, domain }, { seed: 5, runs: 50 }, play);
  expect(found.kind === "broken" && found.story.steps.map((step) => step.kind === "when" && step.command)).toEqual([
    "sales.coupon.redeem",
    "sales.coupon.redeem",
  ]);
});
