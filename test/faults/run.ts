import { startPostgres } from "../postgres/server.ts";
import type { FaultRow } from "./fault.ts";
import { faults, type Size } from "./faults.ts";

/**
 * `npm run faults [-- WORDS]`: kills, cuts, fills up and sends twice whatever can be, and prints what became of what was acknowledged; with words only what they
 * are in. WKGEN_FAULTS=1000 kills a thousand times, WKGEN_STORM=100000 sends so many commands.
 */
const size: Size = { cycles: Number(process.env["WKGEN_FAULTS"] ?? 100), commands: Number(process.env["WKGEN_STORM"] ?? 2_000) };
const headings = ["", "cycles", "acknowledged", "lost", "doubled", "holes", "differences", "overlooked"];
const words = process.argv.slice(2);
const asked = Object.entries(faults).filter(([fault]) => words.every((word) => fault.includes(word)));
if (asked.length === 0) throw new Error(`"${words.join(" ")}" is in none of these: ${Object.keys(faults).join("; ")}.`);
const longestName = Math.max(...Object.keys(faults).map((fault) => fault.length));
const postgres = await startPostgres();
print(headings);
try {
  for (const [fault, bring] of asked) {
    process.stderr.write(`${fault} …\n`);
    try {
      tell(await bring(size, postgres));
    } catch (error) {
      console.error(`  It could not be brought about: ${(error as Error).stack}`);
      process.exitCode = 1;
    }
  }
} finally {
  await postgres.dispose();
}

function tell(row: FaultRow): void {
  print(cellsOf(row));
  for (const finding of [...row.lost, ...row.doubled, ...row.holes, ...row.differences, ...row.overlooked].slice(0, 20))
    console.error(`  ${finding}`);
  if (isBad(row)) process.exitCode = 1;
}

/** As soon as it is known: a thousand kills take an hour. */
function print(line: readonly string[]): void {
  const columns = line.map((cell, column) =>
    column === 0 ? cell.padEnd(longestName) : cell.padStart(Math.max(headings[column]!.length, 9)),
  );
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
