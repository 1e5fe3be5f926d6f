import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { format } from "prettier";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OutOfRange } from "../../runtime/protocol/calculation/out-of-range.ts";
import { mark } from "../../runtime/protocol/mark.ts";
import { createTable, tableOf } from "../../runtime/read/generation.ts";
import { project } from "../../runtime/read/projection.ts";
import type { AnyList } from "../../runtime/read/table.ts";
import type { SomeAggregateDefinition } from "../../runtime/write/aggregate.ts";
import { compile } from "../../src/compile.ts";
import { seedTsconfig } from "../../src/emitters/seeds/project.ts";
import type { EmittedFile } from "../../src/emitters/emitted-file.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { fields } from "./expressions/any-expression.ts";
import { Impossible } from "./expressions/exact.ts";
import { conditions, listsOf, modelOf, stories, tell, worlds, type Story } from "./expressions/frame.ts";
import { content, type Spoken, type World } from "./expressions/spoken.ts";

const root = join(import.meta.dirname, "../..");
const models = 5;
const storiesEach = 60;
const seed = Number(process.env["SEED"] ?? 20261128);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-expressions-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), seedTsconfig().text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = { models: 2, conditionsEach: 60 };

const invented = Array.from({ length: models }, (_, index) => fc.sample(stories, { numRuns: storiesEach, seed: seed + index }));
/** Those of them that the check has nothing against. */
const sensible: (readonly Story[])[] = [];

const asked: (readonly Spoken[])[] = [];

/** What is invented blindly asks now and then for what cannot be missing. */
const needless = new Set(["otherwise-never-needed", "never-none", "compared-with-itself", "part-of-a-day"]);

async function build<Invented>(
  all: readonly Invented[],
  modelOf: (all: readonly Invented[]) => string,
  part: RegExp,
): Promise<{ readonly kept: readonly Invented[]; readonly files: readonly EmittedFile[] }> {
  const text = modelOf(all);
  const { diagnostics, files } = await compile(memoryHost({ "/frame.domain": text }), ["/frame.domain"]);
  if (files !== undefined) return { kept: all, files };
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const others = errors.filter(({ code }) => !needless.has(code));
  expect(others.map(({ message, location: { span } }) => `${message} ${text.slice(span.start, span.end)}`)).toEqual([]);
  const needlessIn = new Set(errors.map(({ location: { span } }) => Number([...text.slice(0, span.start).matchAll(part)].at(-1)?.[1])));
  expect(needlessIn.size).toBeLessThan(all.length / 2);
  const kept = all.filter((_, index) => !needlessIn.has(index));
  return build(kept, modelOf, part);
}

const store = (files: readonly EmittedFile[], name: string): void =>
  files.forEach(({ path, text }) => write(join(folder, name, path), text));
const load = (...path: string[]): Promise<unknown> => import(pathToFileURL(join(folder, ...path)).href);

test("whatever can be said is generated, and TypeScript has nothing against it", { timeout: 300_000 }, async () => {
  for (const [index, all] of invented.entries()) {
    const { kept, files } = await build(all, (each) => modelOf(each, fields), /command act(\d+)/g);
    sensible.push(kept);
    store(files, `frame${String(index)}`);
    for (const { path, text } of files.filter(({ path }) => path.endsWith("/subject.ts")))
      expect(await format(text, { parser: "typescript" }), path).toBe(text);
  }
  for (let index = 0; index < rows.models; index++) {
    const all = fc.sample(conditions, { numRuns: rows.conditionsEach, seed: seed + index });
    const { kept, files } = await build(all, (each) => listsOf(each, fields), /list rows(\d+)/g);
    asked.push(kept);
    store(files, `lists${String(index)}`);
  }
  expect(complaints()).toBe("");
});

test("and it does what an interpreter that shares nothing with it does", { timeout: 300_000 }, async () => {
  let compared = 0;
  for (const [index, all] of sensible.entries()) {
    const module = await load(`frame${String(index)}`, "server/writeModel/things/subject.ts");
    const { subject } = module as { readonly subject: SomeAggregateDefinition };
    for (const world of fc.sample(worlds(fields), { numRuns: 8, seed: seed + index })) {
      for (const [number, story] of all.entries()) {
        const expected = attempt(() => tell(story, world));
        const actual = attempt(() => act(subject, `act${String(number)}`, story, world));
        expect(content(actual), `${explain(story)}\n${JSON.stringify(world)}`).toBe(content(expected));
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(models * storiesEach * 4);
});

test("the same holds of rows, whether the database is asked or TypeScript", { timeout: 300_000 }, async () => {
  let compared = 0;
  for (const [index, all] of asked.entries()) {
    for (const [number, condition] of all.entries()) {
      const name = `rows${String(number)}`;
      const module = await load(`lists${String(index)}`, `server/readModel/lists/${name}.ts`);
      const list = (module as Readonly<Record<string, AnyList>>)[name]!;
      for (const world of fc.sample(worlds(fields), { numRuns: 6, seed: seed + number })) {
        const expected = attempt(() => condition.means(world));
        expect(
          attempt(() => isFound(list, world)),
          `${condition.text}\n${JSON.stringify(world)}`,
        ).toBe(expected);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(rows.models * rows.conditionsEach * 3);
});

/** Whether the generated condition finds a row. */
function isFound(list: AnyList, { state, command, now }: World): boolean {
  const database = new DatabaseSync(":memory:");
  try {
    createTable(database, list, 1);
    const table = tableOf(database, list, 1);
    table.put({ ...table.initial, ...state, id: "s", hit: false });
    const metadata = { timestamp: now, position: 1, revision: 1, version: 1, commandId: "c", correlationId: "c", causationId: "c" };
    const about = { context: { name: "things" }, aggregate: { name: "subject", id: "s" }, user: { id: null } };
    project(list, table, { id: "e", name: "asked", data: command, ...about, metadata });
    return table.find("s")?.row["hit"] === true;
  } finally {
    database.close();
  }
}

/** What a command of the generated code publishes, and how it ends. */
function act(subject: SomeAggregateDefinition, name: string, story: Story, { state, command, now }: World): readonly unknown[] {
  const happened: unknown[] = [];
  const events = {
    publish: (_event: string, { result }: { readonly result: unknown }) => {
      happened.push(happened.length === 0 ? ["seen", story.kind, result] : ["shown", story.named, result]);
    },
  };
  const metadata = { timestamp: now, correlationId: "c", causationId: "c" };
  const given = { id: "c", context: { name: "things" }, aggregate: { name: "subject", id: "s" }, name, data: command };
  const user = { id: null, roles: [] };
  const marked = subject.commands[name]!.handle({ id: "s", state, events }, { ...given, user, metadata }, mark);
  return [...happened, marked.kind === "done" ? "done" : `rejected: ${marked.reason}`];
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof Impossible || error instanceof OutOfRange || (error as Error).name === "OutOfRange") return "cannot be told";
    throw error;
  }
}

const explain = ({ kind, named: _named, ...parts }: Story): string =>
  [`seen as ${kind}:`, ...Object.entries(parts).map(([part, spoken]) => `${part} ${spoken.text}`)].join("\n");

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function complaints(): string {
  try {
    return execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], { encoding: "utf8" });
  } catch (failure) {
    return (failure as { readonly stdout: string }).stdout;
  }
}
