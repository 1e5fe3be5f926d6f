import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, run } from "./cli.ts";

test("says what it wrote and what comes next", async () => {
  await inFolder(async (cwd) => {
    const { code, out } = await run(["new", "hello"], { cwd });
    expect(code).toBe(0);
    const written = readdirSync(join(cwd, "hello"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of written) expect(out).toContain(join(parentPath, name).slice(cwd.length + 1));
    expect(out).toMatch(/cd hello\n\s*npm install\n\s*npx wkgen dev/);
    expect(written.map(({ name }) => name).sort()).toEqual(
      [
        ".gitignore",
        "AGENTS.md",
        "README.md",
        "hello.domain",
        "icon.svg",
        "index.html",
        "index.js",
        "package.json",
        "render.js",
        "style.css",
        "tsconfig.json",
      ].sort(),
    );
  });
});

test("gives everything the new name", async () => {
  await inFolder(async (cwd) => {
    await run(["new", "my-chat", "--example", "chat"], { cwd });
    const read = (path: string) => readFileSync(join(cwd, "my-chat", path), "utf8");
    expect(read("my-chat.domain")).toMatch(/^domain myChat\n/);
    expect(JSON.parse(read("package.json"))).toMatchObject({
      name: "my-chat",
      dependencies: { "@wkgen/runtime": "0.1.0" },
      devDependencies: { wkgen: "0.1.0" },
    });
    expect(read("client/index.js")).toContain('from "./myChat.ts"');
    expect(read("client/index.html")).toContain("<title>My chat</title>");
    expect(read("README.md")).toMatch(/^# My chat\n/);

    expect(await run(["build", "my-chat"], { cwd })).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, "my-chat/client/myChat.ts"))).toBe(true);
  });
});

test("gives the package a name that npm takes, and the model its own", async () => {
  await inFolder(async (cwd) => {
    expect(await run(["new", "Fahrräder"], { cwd })).toMatchObject({ code: 0 });
    const read = (path: string) => readFileSync(join(cwd, "Fahrräder", path), "utf8");
    expect(JSON.parse(read("package.json"))).toMatchObject({ name: "fahrraeder" });
    expect(read("Fahrräder.domain")).toMatch(/^domain Fahrräder\n/);
    expect(await run(["build", "--check", "Fahrräder"], { cwd })).toMatchObject({ code: 1 });
    expect(await run(["build", "Fahrräder"], { cwd })).toMatchObject({ code: 0 });
  });
});

test("refuses to touch what is there", async () => {
  await inFolder(async (cwd) => {
    await run(["new", "hello"], { cwd });
    const before = statSync(join(cwd, "hello/hello.domain")).mtimeMs;
    const { code, err } = await run(["new", "hello"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain("nothing was written");
    expect(statSync(join(cwd, "hello/hello.domain")).mtimeMs).toBe(before);
  });
});
