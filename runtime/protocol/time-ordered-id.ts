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

  if (last !== written) writeTime();
  return timePart + hex(countInMillisecond, 3) + randomPart();
}

let written = -1;
let timePart = "";

/** Up to the version, the same for all ids of a millisecond. */
function writeTime(): void {
  const time = hex(last, 12);
  written = last;
  timePart = `${time.slice(0, 8)}-${time.slice(8)}-7`;
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}

/** The digits of each byte: looking them up costs a fraction of writing them. */
const digitsOf = Array.from({ length: 0x100 }, (_, byte) => hex(byte, 2));

function fourDigits(number: number): string {
  return digitsOf[(number >>> 8) & 0xff]! + digitsOf[number & 0xff]!;
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
  return `-${fourDigits(variant)}-${fourDigits(high)}${fourDigits(low >>> 16)}${fourDigits(low)}`;
}
