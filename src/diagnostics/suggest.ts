/** What could have been meant: the nearest name where one is near enough, else what there is to choose from. */
export interface Suggestion {
  readonly nearest?: string;
  /** All choices where they are few, else the three nearest. In the order of the model. */
  readonly choices: readonly string[];
}

const fewEnough = 12;

/** Looks for what `written` may have been meant to be among the names that are possible in its place. */
export function suggest(written: string, possible: Iterable<string>): Suggestion {
  const names = [...new Set(possible)].filter((name) => name !== written);
  const ranked = names.map((name) => ({ name, distance: distance(written, name) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  const choices = names.length <= fewEnough ? names : ranked.slice(0, 3).map(({ name }) => name);
  return best !== undefined && best.distance <= reach(written, best.name) ? { nearest: best.name, choices } : { choices };
}

/** How far a name may be and still have been meant: one slip in a short word, more in a longer one, none in a single letter. */
function reach(written: string, name: string): number {
  const longer = Math.max(written.length, name.length);
  if (Math.min(written.length, name.length) < 2) return 0.5;
  return Math.max(1, Math.floor(longer / 3));
}

/**
 * Damerau and Levenshtein's distance (optimal string alignment): letters put in, left out, replaced, or two neighbours swapped.
 * A letter in the other case counts half; a plural or singular counts one, however it is formed.
 */
export function distance(a: string, b: string): number {
  if (a === b) return 0;
  if (plural(a) === b || plural(b) === a) return 1;
  if (a.toLowerCase() === b.toLowerCase()) return 0.5;

  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(rows, i - 1, j - 1) + step(a, b, i, j), swap(rows, a, b, i, j)));
    }
    rows.push(row);
  }
  return at(rows, a.length, b.length);
}

const at = (rows: readonly (readonly number[])[], i: number, j: number): number => rows[i]?.[j] ?? 0;

function step(a: string, b: string, i: number, j: number): number {
  const [x, y] = [a.charAt(i - 1), b.charAt(j - 1)];
  if (x === y) return 0;
  return x.toLowerCase() === y.toLowerCase() ? 0.5 : 1;
}

function swap(rows: readonly (readonly number[])[], a: string, b: string, i: number, j: number): number {
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? at(rows, i - 2, j - 2) + 1 : Infinity;
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
