const first = 100;
const longest = 10_000;

/**
 * Milliseconds to wait before the next attempt: twice as long after each failure, up to ten seconds. Half of it is left to chance (`random`,
 * from 0 to 1), so that clients that lost the same server do not all come back at the same moment.
 */
export function backoff(failures: number, random: number): number {
  const wait = Math.min(longest, first * 2 ** Math.min(failures, 16));

  return wait / 2 + (wait / 2) * random;
}
