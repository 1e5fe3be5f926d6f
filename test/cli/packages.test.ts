import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { Going, inFolder } from "./cli.ts";

const root = join(import.meta.dirname, "../..");
const execute = promisify(execFile);
const npm = (args: readonly string[], cwd: string) => execute("npm", [...args, "--no-audit", "--no-fund"], { cwd, maxBuffer: 2 ** 26 });

/** What `npm publish` would send, for both packages. */
async function pack(to: string): Promise<{ readonly wkgen: string; readonly runtime: string }> {
  mkdirSync(to);
  await npm(["pack", "--ignore-scripts", "--pack-destination", to], root);
  await npm(["pack", "--ignore-scripts", "--pack-destination", to], join(root, "runtime"));
  const [wkgen = "", runtime = ""] = readdirSync(to).sort();
  return { wkgen: join(to, wkgen), runtime: join(to, runtime) };
}

/** No registry has our packages: their names are made to mean the files. */
function pointTo(folder: string, { wkgen, runtime }: { readonly wkgen: string; readonly runtime: string }): void {
  const path = join(folder, "package.json");
  const project = JSON.parse(readFileSync(path, "utf8")) as Record<string, Record<string, string>>;
  const mine = {
    ...project,
    dependencies: { ...project.dependencies, "@wkgen/runtime": `file:${runtime}` },
    devDependencies: { ...project.devDependencies, wkgen: `file:${wkgen}` },
    overrides: { "@wkgen/runtime": "$@wkgen/runtime" },
  };
  writeFileSync(path, JSON.stringify(mine, null, 2));
}

/** The project's own TypeScript has just been satisfied; others are to be, too. */
async function compileWith(version: string, project: string, folder: string): Promise<void> {
  const place = join(folder, `typescript-${version}`);
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), '{ "private": true }');
  await npm(["install", `typescript@${version}`, "--prefer-offline"], place);
  await execute(process.execPath, [join(place, "node_modules/typescript/bin/tsc"), "-p", project]);
}

function status(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false, agent: false }, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
  });
}

test("from packed packages, outside of the repository: new, install, dev, and the first answer", { timeout: 300_000 }, async () => {
  await inFolder(async (folder) => {
    const packed = await pack(join(folder, "packed"));
    const tool = join(folder, "tool");
    mkdirSync(tool);
    writeFileSync(join(tool, "package.json"), '{ "private": true }');
    pointTo(tool, packed);
    await npm(["install", "--prefer-offline"], tool);
    await execute(process.execPath, [join(tool, "node_modules/wkgen/src/cli/wkgen.mjs"), "new", "hello"], { cwd: folder });

    const hello = join(folder, "hello");
    pointTo(hello, packed);
    await npm(["install", "--prefer-offline"], hello);
    const dev = new Going(["wkgen", "dev", "--port", "0"], { cwd: hello }, ["npx", "--no"]);
    const url = (await dev.until(/https:\/\/[^\s"]+?:\d+/, 0, 60_000))[0];
    expect(await status(`${url}/api/lists/messages`)).toBe(200);
    expect(await status(`${url}/`)).toBe(200);
    expect(await status(`${url}/hello.ts`)).toBe(200);
    await dev.end("SIGINT");

    const { stdout } = await npm(["test", "--silent"], hello);
    expect(stdout).toContain("All generated files match the model.");
    for (const version of ["5.9", "6"]) await compileWith(version, hello, folder);
  });
});

test("the packages hold what is needed to run, and nothing of the workshop", async () => {
  await inFolder(async (folder) => {
    const { wkgen, runtime } = await pack(join(folder, "packed"));
    const listed = async (file: string) =>
      (await execute("tar", ["-tzf", file])).stdout
        .trim()
        .split("\n")
        .map((path) => path.replace("package/", ""));
    const [ours, theirs] = await Promise.all([listed(wkgen), listed(runtime)]);
    expect(ours).toEqual(
      expect.arrayContaining([
        "src/cli/wkgen.mjs",
        "dist/cli/main.js",
        "dist/fingerprint",
        "examples/chat/chat.domain",
        "examples/chat/client/index.html",
        "LICENSE",
        "README.md",
      ]),
    );
    expect(theirs).toEqual(
      expect.arrayContaining(["dist/node/server.js", "dist/server.d.ts", "dist/client.js", "dist/react.js", "studio/page/index.html"]),
    );
    // What is bundled is not there a second time.
    expect(theirs.filter((path) => /^dist\/(store|http|write)\/.*\.js$/.test(path))).toEqual([]);
    expect([...ours, ...theirs].filter((path) => /(^|\/)(test|node_modules|data|\.wkgen)\//.test(path))).toEqual([]);
  });
});
