import { audit, spoilt, type Acknowledged, type Findings } from "./audit.ts";
import type { Tables } from "./tables.ts";

/** One line of the table of faults. */
export interface FaultRow extends Findings {
  readonly fault: string;
  readonly cycles: number;
  readonly acknowledged: number;
  /** What the auditor did not notice in tables that were spoilt on purpose. */
  readonly overlooked: readonly string[];
}

/** What became of a log, and whether the auditor would have seen it if it were otherwise. */
export function faultRow(fault: string, cycles: number, tables: Tables, record: readonly Acknowledged[]): FaultRow {
  const overlooked = spoilt(tables, record)
    .filter(([finding, wrong]) => audit(wrong, record)[finding].length === 0)
    .map(([finding]) => finding);
  return { fault, cycles, acknowledged: record.length, ...audit(tables, record), overlooked };
}
