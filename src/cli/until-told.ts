/** Resolves when the process is asked to end: Ctrl-C, or a polite kill. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    const told = () => resolve();
    process.once("SIGINT", told).once("SIGTERM", told).once("SIGHUP", told);
  });
}
