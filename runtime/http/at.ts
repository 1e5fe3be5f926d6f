const longestTimer = 2 ** 31 - 1;

/** Calls once at a time, in milliseconds since 1970, or never where that is Infinity. Returns what prevents it. */
export function at(time: number, call: () => void): () => void {
  if (time === Infinity) return () => undefined;
  let timer: NodeJS.Timeout;

  function wait(): void {
    const left = time - Date.now();
    timer = left > longestTimer ? setTimeout(wait, longestTimer) : setTimeout(call, Math.max(0, left));
    timer.unref();
  }
  wait();

  return () => clearTimeout(timer);
}
