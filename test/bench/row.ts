/** One line of the benchmark: a figure, what it is compared with, and the least ratio that is acceptable. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: { readonly name: string; readonly value: number };
  /** How many times the peer: more is better. */
  readonly ratio: number;
  /** The goal for the ratio; null where the figure is only for information. */
  readonly limit: number | null;
}

export function inWords({ name, value, unit, peer, ratio, limit }: Row): string {
  const verdict = limit === null ? "" : ratio >= limit ? `, goal ≥ ${limit.toFixed(2)}: reached` : `, goal ≥ ${limit.toFixed(2)}: MISSED`;
  return `${name}: ${rounded(value)} ${unit}; ${peer.name}: ${rounded(peer.value)} ${unit}; ratio ${ratio.toFixed(2)}${verdict}`;
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}

export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!;
}
