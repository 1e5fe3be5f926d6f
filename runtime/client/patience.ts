import { after } from "./timer.ts";

export interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeout: number;
}

/** Gives up once: with the signal's reason when it is aborted, or with what `overdue` says when the time is over. Returns what ends the waiting. */
export function patience({ signal, timeout }: Patience, overdue: () => Error, giveUp: (reason: unknown) => void): () => void {
  const stopTimer = after(timeout, () => end(overdue()));
  const abort = () => end(signal?.reason);
  signal?.addEventListener("abort", abort);

  function stop() {
    stopTimer();
    signal?.removeEventListener("abort", abort);
  }

  function end(reason: unknown) {
    stop();
    giveUp(reason);
  }

  return stop;
}
