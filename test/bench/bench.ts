import { benchBuild } from "./build.ts";
import { benchClient } from "./client.ts";
import { benchFlows } from "./flows.ts";
import { benchHttp } from "./http.ts";
import { benchLarge } from "./large.ts";
import { benchLists } from "./lists.ts";
import { benchPostgres } from "./postgres.ts";
import { isReached, rounded, type Row } from "./row.ts";
import { benchWrite } from "./write.ts";

/** `npm run bench [-- --json] [build] [large] [write] [postgres] [lists] [flows] [http] [client]`: every figure beside its peer and its goal; not reached is an error. */
const benches = {
  build: benchBuild,
  large: benchLarge,
  write: benchWrite,
  postgres: benchPostgres,
  lists: benchLists,
  flows: benchFlows,
  http: benchHttp,
  client: benchClient,
};

const asked = Object.entries(benches).filter(
  ([name], _index, all) => process.argv.includes(name) || all.every(([other]) => !process.argv.includes(other)),
);
const isForMachines = process.argv.includes("--json");
const rows: Row[] = [];
for (const [name, bench] of asked) {
  process.stderr.write(`measuring ${name} …\n`);
  const measured = await bench();
  rows.push(...measured);
  // All of it takes a quarter of an hour: what is known is told.
  if (!isForMachines) console.log(`${table(measured)}\n`);
}

if (isForMachines) console.log(JSON.stringify(rows, null, 2));
if (rows.some((row) => isReached(row) === false)) process.exitCode = 1;

function table(all: readonly Row[]): string {
  const cells = all.map((row) => [
    row.name,
    `${rounded(row.value)} ${row.unit}`,
    row.peer.name,
    rounded(row.peer.value),
    row.ratio.toFixed(2),
    goalOf(row),
  ]);
  const lines = [["", "figure", "beside", "", "ratio", "goal"], ...cells];
  const widths = lines[0]?.map((_cell, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function goalOf(row: Row): string {
  const reached = isReached(row);
  if (reached === undefined || row.limit === null) return "";
  return `${row.lessIsBetter ? "≤" : "≥"} ${row.limit} ${reached ? "✓" : "✗ missed"}`;
}
