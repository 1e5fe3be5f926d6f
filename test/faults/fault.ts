import { audit, spoilt, type Acknowledged, type Findings } from "./audit.ts";
import type { Tables } from "./tables.ts";

/** One line of the table of faults. */
export interface FaultRow extends Findings {
  readonly fault: string;
  readonly cycles: number;
  readonly acknowledged: number;
  /** Where lists, observers and flows do not match what happened. */
  readonly differences: readonly string[];
  /** What the auditor did not notice in tables that were spoilt on purpose. */
  readonly overlooked: readonly string[];
}

/** What was found of those who read the log, and which of the ways in which it was spoilt were not. */
export type Reading = Pick<FaultRow, "differences" | "overlooked">;

const nobody: Reading = { differences: [], overlooked: [] };

/** What became of a log, and whether the auditor would have seen it if it were otherwise. */
export function faultRow(fault: string, cycles: number, tables: Tables, record: readonly Acknowledged[], reading = nobody): FaultRow {
  const overlooked = spoilt(tables, record)
    .filter(([finding, wrong]) => audit(wrong, record)[finding].length === 0)
    .map(([finding]) => finding);
  const { differences } = reading;
  return {
    ...{ fault, cycles, acknowledged: record.length, differences },
    ...audit(tables, record),
    overlooked: [...overlooked, ...reading.overlooked],
  };
}
