/** The words, nearest to `word` first; equally near ones keep their order. */
export function byNearness(word: string, words: Iterable<string>): string[] {
  const plain = word.toLowerCase();
  return [...words]
    .map((candidate) => ({ candidate, distance: editDistance(plain, candidate.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)
    .map(({ candidate }) => candidate);
}

/** As `byNearness`, but in their own order where none of them is near. */
export function nearestFirst(word: string, words: readonly string[]): readonly string[] {
  return nearest(word, words) === undefined ? words : byNearness(word, words);
}

/** The word that was probably meant: at most one slip in a short word, one in three letters of a longer one. Shorter words are not guessed at. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const [first] = byNearness(word, words);
  if (first === undefined) return undefined;
  const allowed = Math.max(1, Math.floor(Math.max(word.length, first.length) / 3));
  return word.length > 2 && editDistance(word.toLowerCase(), first.toLowerCase()) <= allowed ? first : undefined;
}

/** Letters to insert, remove, replace, or swap with their neighbour. */
export function editDistance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 8 || from.length > 40) return 99;
  let older: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let least = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        least = Math.min(least, older[column - 2]! + 1);
      }
      current.push(least);
    }
    [older, previous] = [previous, current];
  }
  return previous[to.length]!;
}
