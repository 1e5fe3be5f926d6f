import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Going, inFolder, run } from "./cli.ts";

const chat = join(import.meta.dirname, "../../examples/chat/chat.domain");
const text = readFileSync(chat, "utf8");
const wrong = text.replace("then message.liked with likes = 2", "then message.liked with likes = 3");

async function inModel(model: string, work: (cwd: string) => Promise<void>) {
  await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "chat.domain"), model);
    await work(cwd);
  });
}

describe("wkgen test", () => {
  test("builds, plays, and ends with 0 where all is as it was told", async () => {
    await inModel(text, async (cwd) => {
      const { code, out, err } = await run(["test"], { cwd });
      expect([code, err]).toEqual([0, ""]);
      expect(out).toMatch(/✓ An empty message is rejected .*\n✓ Likes add up .*\n\n✓ 2 scenarios, /);
      expect(existsSync(join(cwd, "server/server.ts"))).toBe(true);
      expect(existsSync(join(cwd, "server/scenarios.wkgen.ts"))).toBe(false);
    });
  });

  test("proposes a first scenario of the model's own, which comes true", async () => {
    const letters = text
      .replace(/\nscenario [^]*/, "")
      .replaceAll("message", "letter")
      .replaceAll("text: text", "text: text, 5 to 9 characters");
    await inModel(letters, async (cwd) => {
      const { code, out } = await run(["test"], { cwd });
      expect(code).toBe(0);
      const proposed = out.slice(out.indexOf('scenario "'));
      expect(proposed).toBe(`scenario "What is right is carried out"\n  when letter.send with text = "heyyy"\n  then letter.sent\n`);
      writeFileSync(join(cwd, "chat.domain"), `${letters}\n${proposed}`);
      expect((await run(["test"], { cwd })).out).toContain("✓ What is right is carried out");
    });
  });

  test("tests the model as it is now, not as it was built", async () => {
    await inModel(text, async (cwd) => {
      expect((await run(["test"], { cwd })).code).toBe(0);
      writeFileSync(join(cwd, "chat.domain"), text.replace("likes = likes + 1", "likes = likes + 2"));
      const { code, out } = await run(["test"], { cwd });
      expect(code).toBe(1);
      expect(out).toContain("message.liked with likes = 3");
    });
  });

  test("many scenarios are played at the same time, and told in their order", async () => {
    const count = 120;
    const told = Array.from({ length: count }, (_, index) => {
      const likes = index === 77 ? 2 : 1;
      return `\n\nscenario "Told ${index}"\n  given message.sent with text = "hey"\n  when message.like\n  then message.liked with likes = ${likes}`;
    });
    await inModel(text + told.join(""), async (cwd) => {
      const { code, out } = await run(["test", "--json"], { cwd });
      const { scenarios } = JSON.parse(out) as { readonly scenarios: readonly { readonly title: string; readonly passed: boolean }[] };
      expect(code).toBe(1);
      expect(scenarios.slice(-count).map(({ title }) => title)).toEqual(told.map((_, index) => `Told ${index}`));
      expect(scenarios.filter(({ passed }) => !passed).map(({ title }) => title)).toEqual(["Told 77"]);
    });
  });

  test("a model with errors is told as by a build, and nothing is played", async () => {
    await inModel(text.replace("publish sent with", "publish snet with"), async (cwd) => {
      const { code, out, err } = await run(["test"], { cwd });
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain('Did you mean "sent"?');
    });
  });

  test("tells machines in their formats", async () => {
    await inModel(wrong, async (cwd) => {
      const json = await run(["test", "--json"], { cwd });
      expect(json.code).toBe(1);
      expect(JSON.parse(json.out)).toMatchObject({
        scenarios: [
          { title: "An empty message is rejected", passed: true, failures: [] },
          {
            passed: false,
            failures: [
              { file: "chat.domain", line: 50, cause: "untrue", claimed: { likes: 3 }, happened: { events: [{ data: { likes: 2 } }] } },
            ],
          },
        ],
        coverage: { percent: 66, missing: [{ what: "command", line: 10 }, {}, {}] },
      });
      const junit = await run(["test", "--format", "junit"], { cwd });
      expect(junit.out).toMatch(/^<\?xml .*\n<testsuites tests="2" failures="1"/);
      expect(junit.out).toContain('<testcase name="Likes add up" classname="chat" file="chat.domain" line="46"');
      const github = await run(["test", "--format", "github"], { cwd });
      expect(github.out).toBe(
        "::error file=chat.domain,line=50,col=3,title=Likes add up::This did not happen.%0AWhat happened:%0Amessage.liked with likes = 2\n",
      );
    });
  });

  test("--filter plays some, --coverage asks for enough", async () => {
    await inModel(wrong, async (cwd) => {
      const some = await run(["test", "--filter", "EMPTY"], { cwd });
      expect([some.code, some.out]).toEqual([0, expect.stringMatching(/✓ 1 scenario, /)]);
      expect(await run(["test", "--filter", "nothing of the kind"], { cwd })).toMatchObject({
        code: 2,
        err: 'No scenario has "nothing of the kind" in its title.\nThere is: An empty message is rejected, Likes add up\n',
      });
      expect((await run(["test", "--coverage", "a lot"], { cwd })).code).toBe(2);
    });
    await inModel(text, async (cwd) => {
      expect((await run(["test", "--coverage", "66"], { cwd })).code).toBe(0);
      const { code, err } = await run(["test", "--coverage", "67"], { cwd });
      expect([code, err]).toEqual([1, "The scenarios show 66 % of what the model says; 67 % are asked for.\n"]);
    });
  });

  test("--watch plays again after a change", async () => {
    await inFolder(async (cwd) => {
      copyFileSync(chat, join(cwd, "chat.domain"));
      const going = new Going(["test", "--watch"], { cwd });
      await going.until(/✓ 2 scenarios/);
      const from = going.said.length;
      writeFileSync(join(cwd, "chat.domain"), wrong);
      await going.until(/✗ 2 scenarios, 1 failed/, from);
      expect((await going.end()).code).toBe(0);
    });
  });
});
