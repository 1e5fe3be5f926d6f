/** A way out that may be slower than what is to be sent. */
export interface Outlet {
  /** How many bytes wait to be sent. */
  readonly waiting: number;
  /** Aborted when the other side is gone. */
  readonly gone: AbortSignal;
}

const full = 1024 * 1024;
const longestPatience = 30_000;
const pause = 50;

export function isFull({ waiting }: Outlet): boolean {
  return waiting > full;
}

/** Waits until there is room again. False where there is none after a long time, or nobody there any more. */
export async function hasRoom(outlet: Outlet): Promise<boolean> {
  const end = Date.now() + longestPatience;
  while (outlet.waiting > full / 2) {
    if (outlet.gone.aborted || Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }

  return !outlet.gone.aborted;
}
