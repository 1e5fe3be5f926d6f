/** One line of the benchmark: a figure, what it is compared with, and the goal. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: { readonly name: string; readonly value: number };
  /** How many times the peer. */
  readonly ratio: number;
  /** The goal for the ratio: the least that will do, or the most where less is better; null where the figure is only for information. */
  readonly limit: number | null;
  readonly lessIsBetter?: true;
}

export function inWords(row: Row): string {
  const { name, value, unit, peer, ratio } = row;
  return `${name}: ${rounded(value)} ${unit}; ${peer.name}: ${rounded(peer.value)} ${unit}; ratio ${ratio.toFixed(2)}${verdict(row)}`;
}

/** Undefined where the figure has no goal. */
export function isReached({ ratio, limit, lessIsBetter }: Row): boolean | undefined {
  if (limit === null) return undefined;
  return lessIsBetter ? ratio <= limit : ratio >= limit;
}

function verdict(row: Row): string {
  const reached = isReached(row);
  if (reached === undefined || row.limit === null) return "";
  return `, goal ${row.lessIsBetter ? "≤" : "≥"} ${row.limit.toFixed(2)}: ${reached ? "reached" : "MISSED"}`;
}

export function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}

export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!;
}

/** How long commands take, for information. */
export function latencyRow(name: string, { p50, p99 }: { readonly p50: number; readonly p99: number }): Row {
  return {
    name: `${name}: half are answered within`,
    value: p50,
    unit: "ms",
    peer: { name: "99 % within", value: p99 },
    ratio: p50 / p99,
    limit: null,
  };
}

/** How much of the processor commands take, in all threads of the process, for information. */
export function cpuRow(name: string, { cpu, perSecond }: { readonly cpu: number; readonly perSecond: number }): Row {
  const cores = (cpu * perSecond) / 1e6;
  return {
    name: `${name}: processor time for each`,
    value: cpu,
    unit: "µs",
    peer: { name: "cores at that rate", value: cores },
    ratio: cores,
    limit: null,
  };
}
