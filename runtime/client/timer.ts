/** Calls once after so many milliseconds, Infinity included, which no platform timer knows. Returns what prevents it. */
export function after(milliseconds: number, call: () => void): () => void {
  if (milliseconds === Infinity) return () => {};

  const timer = setTimeout(call, milliseconds);

  return () => clearTimeout(timer);
}
