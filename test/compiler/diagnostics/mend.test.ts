import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { mend } from "../../../src/diagnostics/mend.ts";
import { memoryHost } from "../../../src/host/memory-host.ts";
import { framed } from "../frame.ts";
import { mutationsOf } from "../mutations.ts";

const chat = readFileSync(join(import.meta.dirname, "../../../examples/chat/chat.domain"), "utf8");

function mended(text: string, unsafe = false) {
  const host = memoryHost({ "/m.domain": text });
  const look = () => analyse(host, ["/m.domain"]);
  const result = mend(
    look(),
    (changed) => {
      for (const [file, changedText] of changed) host.write(file, changedText);
      return look();
    },
    { unsafe },
  );
  return { ...result, text: host.read("/m.domain") ?? "" };
}

const errorsOf = ({ analysed }: ReturnType<typeof mended>) => analysed.diagnostics.filter(({ severity }) => severity === "error");

describe("mending", () => {
  test("goes on until nothing more can be mended, and shows each line as it was and is", () => {
    const result = mended(framed('command like\n  reject “No.” when likes == 1 && text != "a";\n  publish liked with likes = likes + 1'));
    expect(errorsOf(result)).toEqual([]);
    expect(result.text).toContain('reject "No." when likes is 1 and text is not "a"');
    expect(result.mended.length).toBeGreaterThan(3);
    expect(result.mended[0]).toMatchObject({ before: [expect.stringContaining("“No.”")], after: [expect.stringContaining('"No."')] });
  });

  test("makes guesses only where it is asked to", () => {
    const wrong = framed("command like\n  publish likd with likes = likes + 1");
    expect(mended(wrong)).toMatchObject({ text: wrong, mended: [] });
    const guessed = mended(wrong, true);
    expect(errorsOf(guessed)).toEqual([]);
    expect(guessed.text).toBe(wrong.replace("likd", "liked"));
  });

  test("ends in one run whatever was mistyped, and makes nothing worse", () => {
    for (const { text } of mutationsOf(chat).filter((_, index) => index % 3 === 0)) {
      const before = analyse(memoryHost({ "/m.domain": text }), ["/m.domain"]).diagnostics.filter(({ severity }) => severity === "error");
      const result = mended(text);
      expect(result.analysed.diagnostics.filter(({ fix }) => fix?.safe === true)).toEqual([]);
      expect(errorsOf(result).length).toBeLessThanOrEqual(before.length);
    }
  });
});
