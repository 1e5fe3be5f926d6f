import { expectTypeOf, test } from "vitest";
import type { Story as Played } from "../../runtime/testing/story.ts";
import type { Told as ToldThere } from "../../runtime/testing/play-stories.ts";
import type { Verdict as VerdictThere } from "../../runtime/testing/verdict.ts";
import type { Told } from "../../src/cli/scenario-process.ts";
import type { Story } from "../../src/testing/story.ts";
import type { Verdict } from "../../src/testing/verdict.ts";

test("compiler and runtime mean the same by what they tell each other", () => {
  expectTypeOf<VerdictThere>().toExtend<Verdict>();
  expectTypeOf<ToldThere>().toExtend<Told>();
  expectTypeOf<Story>().toExtend<Played>();
});
