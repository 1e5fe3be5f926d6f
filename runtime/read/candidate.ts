import type { AnsweredRow } from "./difference.ts";
import type { Stored } from "./table.ts";
import type { Candidate } from "./window.ts";

/** A row as it may stand in an answer. */
export function asCandidate({ row, cells }: Stored): Candidate {
  return { id: row.id, json: JSON.stringify(row), row, cells };
}

export function jsonOf(rows: readonly AnsweredRow[]): string {
  return `[${rows.map(({ json }) => json).join(",")}]`;
}
