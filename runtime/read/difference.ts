/** One row of an answer: its id, and the row as JSON text, by which two states of it are told apart. */
export interface AnsweredRow {
  readonly id: string;
  readonly json: string;
}

/** What leads from one answer to the next, as `Changes` in JSON; undefined where they are the same. */
export function difference(before: readonly AnsweredRow[], after: readonly AnsweredRow[]): string | undefined {
  return written(fewChanges(before, after) ?? allChanges(before, after), after);
}

interface Found {
  readonly removed: readonly string[];
  /** Places in the answer after. */
  readonly put: readonly number[];
}

/** Reads both side by side, as far as one row more, less or otherwise explains each place where they part: most differences are of that kind. */
function fewChanges(before: readonly AnsweredRow[], after: readonly AnsweredRow[]): Found | undefined {
  const removed = new Set<string>();
  const put: number[] = [];
  let [old, now] = [0, 0];
  while (old < before.length && now < after.length) {
    if (areSame(before[old], after[now])) [old, now] = [old + 1, now + 1];
    else if (areSame(before[old], after[now + 1])) put.push(now++);
    else if (areSame(before[old + 1], after[now])) removed.add(before[old++]!.id);
    else if (old + 1 === before.length || now + 1 === after.length || areSame(before[old + 1], after[now + 1])) {
      removed.add(before[old++]!.id);
      put.push(now++);
    } else return undefined;
  }
  for (; now < after.length; now++) put.push(now);
  for (; old < before.length; old++) removed.add(before[old]!.id);
  for (const place of put) removed.delete(after[place]!.id);

  return { removed: [...removed], put };
}

function areSame(one: AnsweredRow | undefined, other: AnsweredRow | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && one.id === other.id && one.json === other.json);
}

function allChanges(before: readonly AnsweredRow[], after: readonly AnsweredRow[]): Found {
  const places = new Map(before.map((row, index) => [row.id, { index, json: row.json }]));
  const kept = after.map(({ id, json }) => {
    const place = places.get(id);
    places.delete(id);

    return place?.json === json ? place.index : -1;
  });
  const staying = longestAscent(kept);

  return { removed: [...places.keys()], put: [...after.keys()].filter((index) => !staying.has(index)) };
}

function written({ removed, put }: Found, after: readonly AnsweredRow[]): string | undefined {
  if (put.length === 0 && removed.length === 0) return undefined;
  const rows = put.map((index) => `{"index":${index},"row":${after[index]!.json}}`);

  return `{"removed":${JSON.stringify(removed)},"put":[${rows.join(",")}]}`;
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
