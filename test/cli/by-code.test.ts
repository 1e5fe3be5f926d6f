import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, run } from "./cli.ts";

const root = join(import.meta.dirname, "../..");
const model = join(root, "test/emitters/golden/coded/coded.domain");
const code = "server/writeModel/communication/message.code.ts";

async function inCoded(work: (folder: string) => Promise<void>) {
  await inFolder(async (folder) => {
    copyFileSync(model, join(folder, "coded.domain"));
    expect(await run(["build"], { cwd: folder })).toMatchObject({ code: 0, err: "" });
    await work(folder);
  });
}

const edit = (path: string, change: (text: string) => string) => writeFileSync(path, change(readFileSync(path, "utf8")));

test("what a person wrote stays, what is renamed is reported, and by every build", async () => {
  await inCoded(async (folder) => {
    const [file, domain] = [join(folder, code), join(folder, "coded.domain")];
    edit(file, (text) => text.replace("Like is not written yet.", "Too many.").replaceAll("\n", "\r\n"));
    const mine = readFileSync(file, "utf8");
    expect(await run(["build", "--check"], { cwd: folder })).toMatchObject({ code: 0, err: "" });

    edit(domain, (text) => text.replace("command like", "command praise").replace("to send, like", "to send, praise"));
    expect((await run(["build", "--check"], { cwd: folder })).err).toContain(`${code}: a handler is missing`);
    for (const _time of [1, 2]) {
      const { code: exit, err } = await run(["build"], { cwd: folder });
      expect([exit, err]).toEqual([0, expect.stringContaining('the model has no use for "handleLike" any more')]);
    }
    expect(readFileSync(file, "utf8").startsWith(mine)).toBe(true);
    expect(readFileSync(file, "utf8").slice(mine.length)).toMatch(
      /^\r\nexport const handlePraise: [^]*Praise is not written yet[^]*\};\r\n$/,
    );
  });
});

test("a file with a syntax error is refused, and nothing is written", async () => {
  await inCoded(async (folder) => {
    edit(join(folder, code), (text) => `${text}export const = 1;\n`);
    const broken = readFileSync(join(folder, code), "utf8");
    edit(join(folder, "coded.domain"), (text) => text.replace('"Closed."', '"It is closed."'));
    const { code: exit, err } = await run(["build"], { cwd: folder });
    expect(exit).toBe(1);
    expect(err).toMatch(/message\.code\.ts cannot be added to \(line 14: /);
    expect(readFileSync(join(folder, code), "utf8")).toBe(broken);
    expect(readFileSync(join(folder, "server/writeModel/communication/message.ts"), "utf8")).not.toContain("It is closed.");
  });
});

test("code publishes what the model allows, and nothing else compiles", { timeout: 60_000 }, async () => {
  await inCoded(async (folder) => {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const publishing = (event: string) =>
      edit(join(folder, code), (text) =>
        text.replace(/\(_?aggregate, _command, mark\) => \{\n.*\n/, `(aggregate, _command, mark) => {\n  ${event} return mark.asDone();\n`),
      );
    const check = () =>
      execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], { encoding: "utf8", stdio: "pipe" });
    publishing('aggregate.events.publish("liked", { likes: aggregate.state.likes + 1 });');
    expect(check()).toBe("");
    publishing('aggregate.events.publish("shut", {});');
    expect(check).toThrow(expect.objectContaining({ stdout: expect.stringContaining("message.code.ts") }));
    publishing('aggregate.events.publish("liked", { likes: "1" });');
    expect(check).toThrow(expect.objectContaining({ stdout: expect.stringContaining("message.code.ts") }));
  });
});
