/** The name that a misspelled one probably means; undefined where nothing is near enough to be worth a guess. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > 100) return undefined;
  const limit = Math.max(1, Math.floor(name.length / 3));
  let nearest: string | undefined;
  let least = limit + 1;

  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = distanceBetween(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** How many letters to add, drop, change or swap with their neighbour. */
function distanceBetween(left: string, right: string): number {
  const columns = right.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: columns }, (_, index) => index);

  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column < columns; column++) {
      const changed = last[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      const swapped =
        left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1] ? (beforeLast[column - 2] ?? Infinity) + 1 : Infinity;
      current[column] = Math.min(last[column]! + 1, current[column - 1]! + 1, changed, swapped);
    }
    [beforeLast, last] = [last, current];
  }
  return last[columns - 1]!;
}
