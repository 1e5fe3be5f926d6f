/** Waits to be woken, but only so many milliseconds. */
export function pause(sleepers: Set<() => void>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      sleepers.delete(done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    sleepers.add(done);
  });
}

export function wake(sleepers: ReadonlySet<() => void>): void {
  for (const done of [...sleepers]) done();
}
