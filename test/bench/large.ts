import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seedTsconfig } from "../../src/emitters/seeds/project.ts";
import { largeModel } from "./large-model.ts";
import { inWords, median, type Row } from "./row.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const wkgen = join(root, "src/cli/wkgen.mjs");
const tsc = join(root, "node_modules/typescript/bin/tsc");
const rounds = 5;
const sizes = [10, 100, 1000, 4000] as const;

type Size = (typeof sizes)[number];

/** Whole processes on generated models of 10 to 4,000 aggregates, a good ten lines each. */
export async function benchLarge(): Promise<readonly Row[]> {
  const data = join(import.meta.dirname, "data");
  mkdirSync(data, { recursive: true });
  const folder = mkdtempSync(join(data, "large-"));
  try {
    for (const size of sizes) layOut(folder, size);
    const check = measured((size) => timed([wkgen, "check"], join(folder, String(size))));
    const build = measured((size) => {
      clear(join(folder, String(size)));
      return timed([wkgen, "build"], join(folder, String(size)));
    });
    return [
      ...rowsOf("check", check, 1000),
      ...rowsOf("cold build", build, 3000),
      row("build after a change in one of 1,000 aggregates", changed(join(folder, "1000")), 3000),
      row("TypeScript's check of what 1,000 aggregates became", typeChecked(join(folder, "1000")), 5000),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function layOut(folder: string, size: Size): void {
  const home = join(folder, String(size));
  mkdirSync(home);
  writeFileSync(join(home, "large.domain"), largeModel(size));
  writeFileSync(join(home, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(home, "tsconfig.json"), seedTsconfig().text);
  mkdirSync(join(home, "node_modules"));
  for (const name of ["@wkgen", "@types"]) symlinkSync(join(root, "node_modules", name), join(home, "node_modules", name));
}

function clear(home: string): void {
  for (const made of ["server", "client", "api", ".wkgen"]) rmSync(join(home, made), { recursive: true, force: true });
}

type Figures = ReadonlyMap<Size, number>;

/** The sizes take turns, so that what else the machine does meets all alike. The first round warms the caches up. */
function measured(action: (size: Size) => number): Figures {
  const figures = new Map<Size, number[]>(sizes.map((size) => [size, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const size of sizes) {
      const figure = action(size);
      if (round > 0) figures.get(size)?.push(figure);
    }
  }
  return new Map([...figures].map(([size, all]) => [size, median(all)]));
}

function rowsOf(what: string, figures: Figures, allowed: number): readonly Row[] {
  const of = (size: Size) => figures.get(size) ?? NaN;
  return [
    ...sizes.map((size) =>
      row(`${what} of ${size.toLocaleString("en")} aggregates`, of(size), size < 1000 ? allowed : (allowed * size) / 1000),
    ),
    {
      name: `${what} of 4,000 aggregates beside that of 1,000`,
      value: of(4000),
      unit: "ms",
      peer: { name: "1,000 aggregates", value: of(1000) },
      ratio: of(4000) / of(1000),
      limit: 5,
      lessIsBetter: true,
    },
  ];
}

const row = (name: string, value: number, allowed: number): Row => ({
  name,
  value,
  unit: "ms",
  peer: { name: "allowed", value: allowed },
  ratio: value / allowed,
  limit: 1,
  lessIsBetter: true,
});

function changed(home: string): number {
  const model = join(home, "large.domain");
  const times = Array.from({ length: rounds }, (_, round) => {
    writeFileSync(
      model,
      readFileSync(model, "utf8").replace(/Say what is ordered[^"]*/, `Say what is ordered, please${".".repeat(round + 1)}`),
    );
    return timed([wkgen, "build"], home);
  });
  return median(times);
}

const typeChecked = (home: string): number => median(Array.from({ length: rounds }, () => timed([tsc, "-p", home], home)));

function timed(args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return performance.now() - start;
}

if (import.meta.main) for (const each of await benchLarge()) console.log(inWords(each));
