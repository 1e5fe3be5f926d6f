import { startPostgres } from "../postgres/server.ts";
import type { FaultRow } from "./fault.ts";
import { faults, type Size } from "./faults.ts";

/**
 * `npm run faults`: kills, cuts, fills up and sends twice whatever can be, and prints what became of what was acknowledged. WKGEN_FAULTS=1000 kills a thousand times,
 * WKGEN_STORM=100000 sends so many commands.
 */
const size: Size = { cycles: Number(process.env["WKGEN_FAULTS"] ?? 100), commands: Number(process.env["WKGEN_STORM"] ?? 2_000) };
const headings = ["", "cycles", "acknowledged", "lost", "doubled", "holes", "differences", "overlooked"];
const longestName = Math.max(...Object.keys(faults).map((fault) => fault.length));
const postgres = await startPostgres();
print(headings);
try {
  for (const [fault, bring] of Object.entries(faults)) {
    process.stderr.write(`${fault} …\n`);
    const row = await bring(size, postgres);
    print(cellsOf(row));
    for (const finding of [...row.lost, ...row.doubled, ...row.holes, ...row.differences, ...row.overlooked].slice(0, 20))
      process.stderr.write(`  ${finding}\n`);
    if (isBad(row)) process.exitCode = 1;
  }
} finally {
  await postgres.dispose();
}

/** As soon as it is known: a thousand kills take an hour. */
function print(line: readonly string[]): void {
  const columns = line.map((cell, column) => (column === 0 ? cell.padEnd(longestName) : cell.padStart(Math.max(headings[column]!.length, 9))));
  console.log(columns.join("  "));
}

function cellsOf({ fault, cycles, acknowledged, ...found }: FaultRow): string[] {
  return [fault, ...[cycles, acknowledged, ...countsOf(found)].map((count) => count.toLocaleString("en"))];
}

function isBad(row: FaultRow): boolean {
  return countsOf(row).some((count) => count > 0);
}

function countsOf({ lost, doubled, holes, differences, overlooked }: Omit<FaultRow, "fault" | "cycles" | "acknowledged">): number[] {
  return [lost, doubled, holes, differences, overlooked].map(({ length }) => length);
}
