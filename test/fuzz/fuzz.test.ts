import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedTsconfig } from "../../src/emitters/seeds/project.ts";
import { type Fuzzed, type Share, textOf } from "./fuzzer.ts";

// 50,000 models, each with a few things done to it; more with FUZZ_RUNS, others with FUZZ_SEED.

const root = join(import.meta.dirname, "../..");
const runs = Number(process.env.FUZZ_RUNS ?? 50_000);
const first = Number(process.env.FUZZ_SEED ?? 0);
const threads = 2;
/** How long one model may take: some hundred times what it does. */
const patience = 30_000;

let shares: readonly Fuzzed[];

beforeAll(async () => {
  const size = Math.ceil(runs / threads);
  shares = await Promise.all(
    Array.from({ length: threads }, (_, index) => fuzzed(first + index * size, first + Math.min(runs, (index + 1) * size))),
  );
}, 900_000);

/** Runs a share; where one model is looked at for too long, it fails with that model. */
function fuzzed(from: number, to: number): Promise<Fuzzed> {
  const at = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const share: Share = { from, to, at, generateEach: 20, layOutEach: 10 };
  const worker = new Worker(new URL("./fuzzer.ts", import.meta.url), { workerData: share });
  return new Promise((resolve, reject) => {
    let last = -1;
    const watch = setInterval(() => {
      const seed = Atomics.load(new Int32Array(at), 0);
      if (seed === last) reject(new Error(`The model of seed ${seed} is never done with:\n${textOf(seed)}`));
      last = seed;
    }, patience);
    worker.on("error", reject);
    worker.on("message", resolve);
    worker.on("exit", () => clearInterval(watch));
  }).finally(() => worker.terminate()) as Promise<Fuzzed>;
}

describe("whatever is done to a model", () => {
  test("checking it ends with findings that make sense, and laying it out twice is once", () => {
    const failures = shares.flatMap((share) => share.failures);
    expect(failures.slice(0, 3)).toEqual([]);
    expect(shares.reduce((sum, share) => sum + share.runs, 0)).toBe(runs);
  });

  test("many are right still, and of those without errors some are generated", () => {
    const right = shares.reduce((sum, share) => sum + share.withoutErrors, 0);
    expect(right).toBeGreaterThan(runs / 50);
    expect(shares.flatMap(({ generated }) => generated).length).toBeGreaterThan(runs / 1000);
  });
});

describe("what is generated from them", () => {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-fuzz-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("type-checks", { timeout: 120_000 }, () => {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "tsconfig.json"), seedTsconfig().text);
    for (const { seed, files } of shares.flatMap(({ generated }) => generated)) {
      for (const { path, text } of files) {
        const file = join(folder, `seed-${seed}`, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
    expect(complaintsOfTypeScript()).toBe("");
  });

  function complaintsOfTypeScript(): string {
    try {
      return execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], { encoding: "utf8" });
    } catch (failure) {
      return (failure as { readonly stdout: string }).stdout;
    }
  }
});
