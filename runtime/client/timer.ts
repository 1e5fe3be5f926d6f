/** 25 days. What is further away, nobody waits for. */
const longest = 2 ** 31 - 1;

/** Calls once after so many milliseconds, Infinity included, which no platform timer knows. Returns what prevents it. */
export function after(milliseconds: number, call: () => void): () => void {
  if (milliseconds > longest) return () => {};

  const timer = setTimeout(call, milliseconds);

  return () => clearTimeout(timer);
}
