let last = 0;
let countInMillisecond = 0;

/**
 * A UUID of version 7 (RFC 9562): unique like a random one, but later ids sort after earlier ones. Neighbours in time are neighbours in
 * every index, which makes storing them several times cheaper than storing random ids (`test/bench/write.ts` prints how much).
 */
export function timeOrderedId(now: number = Date.now()): string {
  countInMillisecond = now > last ? 0 : countInMillisecond + 1;
  // More than 4096 ids in a millisecond, or a clock that was set back, borrow from the time to come.
  if (countInMillisecond > 0xfff) countInMillisecond = 0;
  last = Math.max(now, countInMillisecond === 0 && now <= last ? last + 1 : last);

  const time = last.toString(16).padStart(12, "0");
  const count = countInMillisecond.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${randomPart()}`;
}

const randoms = new Uint32Array(512);
let nextRandom = randoms.length;

/** The last two groups. Random numbers are drawn in bulk, for one draw costs as much as a hundred. */
function randomPart(): string {
  if (nextRandom === randoms.length) {
    crypto.getRandomValues(randoms);
    nextRandom = 0;
  }
  const high = randoms[nextRandom++]!;
  const low = randoms[nextRandom++]!;
  const variant = ((high >>> 16) & 0x3fff) | 0x8000;
  return `${variant.toString(16)}-${(high & 0xffff).toString(16).padStart(4, "0")}${low.toString(16).padStart(8, "0")}`;
}
