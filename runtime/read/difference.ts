/** One row of an answer: its id, and the row as JSON text, by which two states of it are told apart. */
export interface AnsweredRow {
  readonly id: string;
  readonly json: string;
}

/** What leads from one answer to the next, as `Changes` in JSON; undefined where they are the same. */
export function difference(before: readonly AnsweredRow[], after: readonly AnsweredRow[]): string | undefined {
  const places = new Map(before.map((row, index) => [row.id, { index, json: row.json }]));
  const kept = after.map(({ id, json }) => {
    const place = places.get(id);
    places.delete(id);

    return place?.json === json ? place.index : -1;
  });
  const staying = longestAscent(kept);
  const put = after.flatMap(({ json }, index) => (staying.has(index) ? [] : [`{"index":${index},"row":${json}}`]));
  const removed = [...places.keys()];
  if (put.length === 0 && removed.length === 0) return undefined;

  return `{"removed":${JSON.stringify(removed)},"put":[${put.join(",")}]}`;
}

/** Which members to leave where they are, so that as few as possible move: a longest ascending run of places; -1 is no place. */
function longestAscent(places: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, place] of places.entries()) {
    if (place < 0) continue;
    const length = firstAtLeast(ends, places, place);
    previous[index] = length === 0 ? -1 : ends[length - 1]!;
    ends[length] = index;
  }

  const members = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index]!) members.add(index);

  return members;
}

function firstAtLeast(ends: readonly number[], places: readonly number[], place: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[ends[middle]!]! < place) low = middle + 1;
    else high = middle;
  }

  return low;
}
