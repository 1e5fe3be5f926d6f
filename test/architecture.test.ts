import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { emit } from "../src/emitters/emit.ts";
import { emitScenarios } from "../src/emitters/server/scenarios.ts";
import { runtimeNames } from "../src/emitters/runtime-names.ts";
import { chat } from "./emitters/models.ts";

const root = join(import.meta.dirname, "..");
const files = globSync("{grammar,src,runtime}/**/*.{ts,mjs}", {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|dist)(\/|$)|studio\/page/.test(path),
}).sort();

/** Rooms from the bottom up; those on one line do not know each other. */
const compiler = [
  ["grammar", "src/host"],
  ["src/diagnostics"],
  ["src/model"],
  ["src/checker"],
  ["src/emitters"],
  ["src/output", "src/testing"],
  ["src/compile.ts"],
  ["src/cli", "src/lsp", "src/packaging"],
];
const server = [
  ["runtime/protocol"],
  ["runtime/store"],
  ["runtime/evolution"],
  ["runtime/write", "runtime/read"],
  ["runtime/flows"],
  ["runtime/application.ts", "runtime/journal.ts"],
  ["runtime/testing", "runtime/operate"],
  ["runtime/http"],
  ["runtime/compat"],
  ["runtime/options.ts", "runtime/data-folder.ts", "runtime/advice-file.ts", "runtime/doorkeeper.ts"],
  ["runtime/start-flows.ts", "runtime/tell-parked.ts", "runtime/tell-outage.ts", "runtime/open-lists.ts", "runtime/listen.ts"],
  ["runtime/serve.ts", "runtime/replay-list.ts"],
  ["runtime/start.ts"],
  ["runtime/server.ts", "runtime/testing.ts", "runtime/operate.ts", "runtime/compile-cache.ts"],
];
const client = [["runtime/protocol"], ["runtime/client"], ["runtime/client.ts", "runtime/react"], ["runtime/react.ts"]];
const buildings = [compiler, server, client];

const publicEntries = new Set([
  "src/compile.ts",
  "runtime/server.ts",
  "runtime/client.ts",
  "runtime/react.ts",
  "runtime/testing.ts",
  "runtime/operate.ts",
]);

const textOf = (file: string) => readFileSync(join(root, file), "utf8");
const importsOf = (file: string) =>
  [...textOf(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)]
    .map((match) => join(dirname(file), match[1] ?? ""))
    .filter((path) => /\.(ts|mjs)$/.test(path) && !path.startsWith("dist/"));
const graph = new Map(files.map((file) => [file, importsOf(file)]));

const isIn = (file: string, room: string) => file === room || file.startsWith(`${room}/`);
const roomsOf = (building: readonly (readonly string[])[]) => building.flat();
const levelOf = (file: string, building: readonly (readonly string[])[]) =>
  building.findIndex((rooms) => rooms.some((room) => isIn(file, room)));
const roomOf = (file: string, building: readonly (readonly string[])[]) => roomsOf(building).find((room) => isIn(file, room));

/** Downwards, or within a room; upwards and sideways never. */
function mayImport(from: string, to: string): boolean {
  return buildings.some((building) => {
    const [above, below] = [levelOf(from, building), levelOf(to, building)];
    return above >= 0 && below >= 0 && (below < above || roomOf(from, building) === roomOf(to, building));
  });
}

describe("the rooms", () => {
  test("every file is in one", () => {
    expect(files.filter((file) => buildings.every((building) => levelOf(file, building) < 0))).toEqual([]);
  });

  test("imports point down, those of types too", () => {
    const wrong = [...graph].flatMap(([from, imports]) => imports.filter((to) => !mayImport(from, to)).map((to) => `${from} → ${to}`));
    expect(wrong).toEqual([]);
  });

  test("no file reaches itself", () => {
    expect(files.map((file) => circleThrough(file)).find((circle) => circle !== undefined)).toBeUndefined();
  });

  test("whoever is imported is there", () => {
    const known = new Set(files);
    const missing = [...graph].flatMap(([from, imports]) => imports.filter((to) => !known.has(to)).map((to) => `${from} → ${to}`));
    expect(missing).toEqual([]);
  });
});

/** The shortest way from a file back to itself. */
function circleThrough(start: string): string | undefined {
  const queue: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
    for (const next of graph.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return [...way, next].join(" → ");
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push([...way, next]);
    }
  }
  return undefined;
}

describe("the files", () => {
  test("are named for an idea, in kebab case", () => {
    const empty = /^(index|utils?|helpers?|common|types|errors|constants|misc|shared|lib)\b/;
    expect(
      files.filter((file) => empty.test(basename(file)) || !/^[a-z0-9]+(-[a-z0-9]+)*(\.template)?\.(ts|mjs)$/.test(basename(file))),
    ).toEqual([]);
  });

  test("have 400 lines at most; the parser and the tree it makes may have more", () => {
    expect(
      files.filter((file) => !["grammar/parser.ts", "grammar/ast.ts"].includes(file) && textOf(file).split("\n").length > 400),
    ).toEqual([]);
  });

  test("hand nothing on, but for the public entries", () => {
    expect(files.filter((file) => !publicEntries.has(file) && /^export\s+(type\s+)?[{*]/m.test(textOf(file)))).toEqual([]);
  });

  test("leave nothing for later and hide nothing from the compiler", () => {
    expect(files.filter((file) => /\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck|expect-error)/.test(textOf(file)))).toEqual([]);
  });
});

describe("compiler and runtime meet in the emitted text", () => {
  const entries = {
    "@wkgen/runtime": "runtime/server.ts",
    "@wkgen/runtime/client": "runtime/client.ts",
    "@wkgen/runtime/testing": "runtime/testing.ts",
  } as const;
  const golden = join(import.meta.dirname, "emitters/golden");
  const written = globSync("**/*.ts", { cwd: golden }).map((path) => readFileSync(join(golden, path), "utf8"));
  const mentioned = (module: string) =>
    [...emit(chat).map(({ text }) => text), emitScenarios(chat), ...written].flatMap((text) =>
      [...text.matchAll(/^import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"([^"]+)";/gm)]
        .filter((match) => match[2] === module)
        .flatMap((match) => (match[1] ?? "").split(",").map((name) => name.replace("type ", "").trim())),
    );

  test.each(Object.entries(entries))("%s gives what is taken from it", (module, entry) => {
    const exported = [...textOf(entry).matchAll(/^export\s+(?:type\s+)?\{([^}]*)\}/gm)].flatMap((match) =>
      (match[1] ?? "").split(",").map((name) => name.replace(/^.*\bas\b|\btype\b/, "").trim()),
    );
    const names: readonly string[] = runtimeNames[module as keyof typeof runtimeNames];
    expect(exported).toEqual(expect.arrayContaining([...names]));
    expect(new Set(mentioned(module).filter((name) => name !== ""))).toEqual(new Set(names));
  });
});
