import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inFolder, run } from "./cli.ts";

const chat = join(import.meta.dirname, "../../examples/chat/chat.domain");

/** The chat with one word mistyped, on line 13. */
const mistyped = readFileSync(chat, "utf8").replace("publish sent with text", "publish snet with text");

async function inModel(text: string, work: (cwd: string) => Promise<void>) {
  await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "chat.domain"), text);
    await work(cwd);
  });
}

describe("wkgen check", () => {
  test("a model without errors ends with 0", async () => {
    await inFolder(async (cwd) => {
      copyFileSync(chat, join(cwd, "chat.domain"));
      expect(await run(["check"], { cwd })).toMatchObject({ code: 0, err: "" });
    });
  });

  test("an error ends with 1, with its place, the line, and what was meant; nothing is written", async () => {
    await inModel(mistyped, async (cwd) => {
      const { code, out, err } = await run(["check"], { cwd });
      expect([code, err]).toEqual([1, ""]);
      expect(out).toContain("chat.domain:13:15");
      expect(out).toContain("publish snet with text");
      expect(out).toContain('Did you mean "sent"?');
      expect(readFileSync(join(cwd, "chat.domain"), "utf8")).toBe(mistyped);
    });
  });

  test("tells machines in their formats", async () => {
    await inModel(mistyped, async (cwd) => {
      const inFormat = async (...args: readonly string[]) => (await run(["check", ...args], { cwd })).out;
      const json = JSON.parse(await inFormat("--format", "json")) as unknown;
      expect(json).toMatchObject({
        diagnostics: [{ code: "unknown-event", severity: "error", file: "chat.domain", start: { line: 13, column: 15 } }],
      });
      expect(JSON.parse(await inFormat("--json"))).toEqual(json);
      expect(await inFormat("--format=github")).toMatch(/^::error file=chat\.domain,line=13,/);
      expect(JSON.parse(await inFormat("--format", "sarif"))).toMatchObject({
        version: "2.1.0",
        runs: [{ results: [{ ruleId: "unknown-event" }] }],
      });
      expect(await inFormat("--format", "junit")).toMatch(/<testcase name="unknown-event 13:15" classname="chat\.domain"><failure /);
    });
  });

  test("an empty answer is an answer for machines, too", async () => {
    await inModel(readFileSync(chat, "utf8"), async (cwd) => {
      expect(JSON.parse((await run(["check", "--json"], { cwd })).out)).toEqual({ diagnostics: [] });
    });
  });

  test("--fix mends what is sure in one run, and shows each line as it was and is", async () => {
    await inModel(
      readFileSync(chat, "utf8").replace('reject "Text is missing." when text is empty', 'reject “Text is missing.” when text == ""'),
      async (cwd) => {
        const { code, out } = await run(["check", "--fix"], { cwd });
        expect(code).toBe(0);
        expect(out).toContain('mended  chat.domain:12: "==" is written "is" here.\n  -       reject “Text is missing.” when text == ""');
        expect(readFileSync(join(cwd, "chat.domain"), "utf8")).toContain('reject "Text is missing." when text is ""');
        expect(await run(["check", "--fix"], { cwd })).toMatchObject({ code: 0, out: expect.not.stringContaining("mended") as string });
      },
    );
  });

  test("--fix leaves guesses to people, and says how they are made", async () => {
    await inModel(mistyped, async (cwd) => {
      const { code, out } = await run(["check", "--fix"], { cwd });
      expect([code, readFileSync(join(cwd, "chat.domain"), "utf8")]).toEqual([1, mistyped]);
      expect(out).toContain("1 finding can be mended by a guess: wkgen check --fix --unsafe");
      expect(await run(["check", "--fix", "--unsafe"], { cwd })).toMatchObject({ code: 0 });
      expect(readFileSync(join(cwd, "chat.domain"), "utf8")).toBe(readFileSync(chat, "utf8"));
    });
  });

  test("--fix answers machines in their format alone", async () => {
    await inModel(readFileSync(chat, "utf8").replace("likes = likes + 1", "likes = likes + 1;"), async (cwd) => {
      const { out, err } = await run(["check", "--fix", "--json"], { cwd });
      expect(JSON.parse(out)).toEqual({ diagnostics: [] });
      expect(err).toContain("mended  chat.domain:");
    });
  });

  test.each([
    ["Latin-1", (text: string) => Buffer.from(text.replace("People", "Größere Leute"), "latin1")],
    ["UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 without a mark", (text: string) => Buffer.from(text, "utf16le")],
  ])("a file in %s is told of once, and never written to", async (_encoding, encoded) => {
    await inFolder(async (cwd) => {
      const bytes = encoded(readFileSync(chat, "utf8"));
      writeFileSync(join(cwd, "chat.domain"), bytes);
      const { code, out } = await run(["check", "--fix", "--json"], { cwd });
      const { diagnostics } = JSON.parse(out) as { readonly diagnostics: readonly { readonly code: string }[] };
      expect([code, diagnostics.map((each) => each.code)]).toEqual([1, ["wrong-encoding"]]);
      expect(await run(["format"], { cwd })).toMatchObject({ code: 1, err: expect.stringContaining("UTF-8") as string });
      expect(await run(["build"], { cwd })).toMatchObject({ code: 1, err: expect.stringContaining("UTF-8") as string });
      expect(readFileSync(join(cwd, "chat.domain"))).toEqual(bytes);
    });
  });

  test("a mark at the beginning of a UTF-8 file is no part of the model", async () => {
    await inModel(`\ufeff${readFileSync(chat, "utf8")}`, async (cwd) => {
      expect(await run(["check"], { cwd })).toMatchObject({ code: 0 });
      await run(["format"], { cwd });
      expect(readFileSync(join(cwd, "chat.domain"), "utf8")).toBe(readFileSync(chat, "utf8"));
    });
  });
});

describe("wkgen build", () => {
  test("generates nothing from a model with errors", async () => {
    await inModel(mistyped, async (cwd) => {
      const { code, out, err } = await run(["build"], { cwd });
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("chat.domain:13:15");
    });
  });
});

describe("wkgen format", () => {
  const crooked = readFileSync(chat, "utf8").replace("    text: text\n", "     text:   text  # what was said\n");

  test("lays out, and keeps comments; --check only says where", async () => {
    await inModel(crooked, async (cwd) => {
      expect(await run(["format", "--check"], { cwd })).toMatchObject({ code: 1, err: expect.stringContaining("chat.domain") as string });
      expect(readFileSync(join(cwd, "chat.domain"), "utf8")).toBe(crooked);
      expect(await run(["format"], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining("1 changed") as string });
      expect(readFileSync(join(cwd, "chat.domain"), "utf8")).toContain("    text: text");
      expect(readFileSync(join(cwd, "chat.domain"), "utf8")).toContain("# what was said");
      expect(await run(["format", "--check"], { cwd })).toMatchObject({ code: 0 });
    });
  });
});

describe("wkgen explain", () => {
  test("tells why, and shows the lines wrong and right", async () => {
    const { code, out } = await run(["explain", "unknown-event"]);
    expect(code).toBe(0);
    for (const word of ["unknown-event", "Wrong:", "Right:"]) expect(out).toContain(word);
  });

  test("lists all codes", async () => {
    expect((await run(["explain"])).out.split("\n")).toContain("unknown-event");
  });
});

test("wkgen format says what it left as it was", async () => {
  await inModel(mistyped.replace("publish", "pblish ="), async (cwd) => {
    const { code, out, err } = await run(["format"], { cwd });
    expect([code, out]).toEqual([0, expect.stringMatching(/^✓ 1 file/)]);
    expect(err).toMatch(/^1 thing could not be read and stays as it was written\. See what: wkgen check/);
  });
});

describe("wkgen doctor", () => {
  test("says what is right and what is not, each with a cure", async () => {
    await inModel(readFileSync(chat, "utf8"), async (cwd) => {
      const { out } = await run(["doctor"], { cwd });
      expect(out).toMatch(/✓ Node \d+/);
      expect(out).toMatch(/✗ Stale: .*server\/server\.ts.*\n {2}.*wkgen build/);
      expect(JSON.parse((await run(["doctor", "--json"], { cwd })).out)).toMatchObject({
        findings: expect.arrayContaining([expect.objectContaining({ well: true })]) as unknown,
      });
    });
  });
});

test("wkgen doctor passes on what the application has noticed, which is no fault", async () => {
  await inModel(readFileSync(chat, "utf8"), async (cwd) => {
    await run(["build"], { cwd });
    mkdirSync(join(cwd, "data"));
    writeFileSync(join(cwd, "data/advice.txt"), "The list messages would like an index.\n");
    const { out } = await run(["doctor"], { cwd });
    expect(out).toContain("! The list messages would like an index.\n");
    expect(out).not.toMatch(/✗ (?!Port)/);
  });
});

describe("wkgen model", () => {
  test("prints the checked model in its canonical form, which says what it is", async () => {
    await inModel(readFileSync(chat, "utf8"), async (cwd) => {
      const { code, out, err } = await run(["model", "--format", "json"], { cwd });
      expect([code, err]).toEqual([0, ""]);
      const schema = JSON.parse((await run(["model", "--schema"], { cwd })).out) as { readonly $id: string };
      expect(JSON.parse(out)).toMatchObject({ $schema: schema.$id, version: 1, kind: "domain", name: "chat" });
    });
  });

  test("says what is wrong, and prints none, where there are errors", async () => {
    await inModel(mistyped, async (cwd) => {
      const { code, out, err } = await run(["model"], { cwd });
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("chat.domain:13:15");
    });
  });
});
