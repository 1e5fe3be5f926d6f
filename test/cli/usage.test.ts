import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commandFirst } from "../../src/cli/run.ts";
import { hasColours } from "../../src/cli/colour.ts";
import { serverOptions } from "../../src/cli/server-arguments.ts";
import { helpText } from "../../runtime/options.ts";
import { inFolder, run } from "./cli.ts";

const escape = "\u001b";

describe("help", () => {
  test("without anything, says what there is and how to begin", async () => {
    const { code, out, err } = await run([]);
    expect([code, err]).toEqual([0, ""]);
    for (const word of [
      "new",
      "build",
      "check",
      "format",
      "dev",
      "start",
      "explain",
      "doctor",
      "First steps",
      "npx wkgen dev",
      "Exit codes",
    ])
      expect(out).toContain(word);
  });

  test.each(["new", "build", "check", "format", "dev", "start", "replay", "explain", "doctor"])(
    "%s teaches by examples",
    async (command) => {
      const { code, out } = await run([command, "--help"]);
      expect(code).toBe(0);
      expect(out).toContain("Examples:");
      expect(out).toContain(`wkgen ${command}`);
    },
  );

  test("start and dev take what an application takes, but for what is a command of its own", () => {
    const commands = ["dev", "json", "parked", "retry-parked", "replay", "help"];
    const ofApplication = new Set([...helpText("hello").matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name!));
    const taken = serverOptions.map(([flag]) => /^--([a-z-]+)/.exec(flag)![1]!);
    expect(taken.toSorted()).toEqual([...ofApplication].filter((name) => !commands.includes(name)).toSorted());
  });

  test("knows its version", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, out: "0.1.0\n" });
  });
});

describe("wrong usage ends with 2, one sentence, and what to do", () => {
  test.each([
    [["buidl"], "Did you mean build?"],
    [["build", "--wacth"], "Did you mean --watch?"],
    [["check", "--format", "xml"], "text, json, github, sarif"],
    [["new"], "name"],
    [["build", "nowhere.domain"], "There is no nowhere.domain."],
    [["explain", "unknown-evnet"], "wkgen explain lists all of them"],
    [["new", "1st"], "begins with a letter"],
    [["new", "hello", "--example", "caht"], "Did you mean chat?"],
  ])("%j", async (args, said) => {
    await inFolder(async (cwd) => {
      const { code, out, err } = await run(args, { cwd });
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(said);
      expect(err).not.toMatch(/^\s+at /m);
    });
  });

  test("a folder without a model, one with several, and a file that is none", async () => {
    await inFolder(async (cwd) => {
      expect(await run(["build"], { cwd })).toMatchObject({
        code: 2,
        err: expect.stringContaining("There is no model in this folder.") as string,
      });
      writeFileSync(join(cwd, "a.domain"), "domain a\n");
      writeFileSync(join(cwd, "b.domain"), "domain b\n");
      writeFileSync(join(cwd, "c.txt"), "");
      const several = await run(["build"], { cwd });
      expect(several).toMatchObject({ code: 2, err: expect.stringContaining("a.domain, b.domain") as string });
      expect(await run(["check", "c.txt"], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining("is not a model") as string });
      expect(await run(["check", "d.domain"], { cwd })).toMatchObject({
        code: 2,
        err: expect.stringContaining("There is: a.domain, b.domain") as string,
      });
    });
  });
});

describe("options", () => {
  test("stand before the command as well as after it", () => {
    expect(commandFirst(["--watch", "build", "x"])).toEqual(["build", "--watch", "x"]);
    expect(commandFirst(["--format", "json", "check"])).toEqual(["check", "--format", "json"]);
    expect(commandFirst(["build", "--watch"])).toEqual(["build", "--watch"]);
    expect(commandFirst(["--help"])).toEqual(["--help"]);
    expect(commandFirst(["--wat", "is"])).toEqual(["--wat", "is"]);
  });

  test("--dry-run build is build --dry-run", async () => {
    await inFolder(async (cwd) => {
      await run(["new", "hello"], { cwd });
      const { code, out } = await run(["--dry-run", "build", "hello"], { cwd });
      expect(code).toBe(0);
      expect(out).toContain("Nothing was written.");
    });
  });
});

describe("colours", () => {
  const terminal = { args: [], env: {}, isTerminal: true };
  test.each([
    ["on a terminal", terminal, true],
    ["not in a pipe", { ...terminal, isTerminal: false }, false],
    ["not on a dumb terminal", { ...terminal, env: { TERM: "dumb" } }, false],
    ["not with NO_COLOR", { ...terminal, env: { NO_COLOR: "1" } }, false],
    ["with an empty NO_COLOR, as the convention has it", { ...terminal, env: { NO_COLOR: "" } }, true],
    ["not with --no-color", { ...terminal, args: ["build", "--no-color"] }, false],
    ["in a pipe with FORCE_COLOR", { ...terminal, isTerminal: false, env: { FORCE_COLOR: "1" } }, true],
    ["not with FORCE_COLOR=0", { ...terminal, env: { FORCE_COLOR: "0" } }, false],
    ["not with both: who wants none wins", { ...terminal, env: { FORCE_COLOR: "1", NO_COLOR: "1" } }, false],
  ])("%s", (_when, circumstances, expected) => {
    expect(hasColours(circumstances)).toBe(expected);
  });

  test("never an escape byte in a pipe, whatever the command, CI or not", async () => {
    await inFolder(async (cwd) => {
      await run(["new", "hello"], { cwd });
      mkdirSync(join(cwd, "empty"));
      const commands = [
        [],
        ["--help"],
        ["build", "--help"],
        ["buidl"],
        ["build", "hello"],
        ["build", "hello", "--check"],
        ["check", "hello"],
        ["format", "hello"],
        ["new", "hello"],
        ["build", "empty"],
      ];
      for (const args of commands) {
        const { out, err } = await run(args, { cwd, env: { CI: "1", TERM: "xterm-256color" } });
        expect(out + err, args.join(" ")).not.toContain(escape);
      }
    });
  });

  test("FORCE_COLOR brings them", async () => {
    expect((await run(["--help"], { env: { FORCE_COLOR: "1" } })).out).toContain(escape);
    expect((await run(["--help", "--no-color"], { env: { FORCE_COLOR: "1" } })).out).not.toContain(escape);
  });
});
