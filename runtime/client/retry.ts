import type { Problem } from "../protocol/problem.ts";
import { backoff } from "./backoff.ts";
import { after } from "./timer.ts";

/** Whether the same question may be answered a little later. */
export function mayPass({ type }: Problem): boolean {
  return type === "unavailable" || type === "too-many-requests";
}

/** Asks again, each time after a longer pause, until it is stopped. */
export class Retry {
  #failures = 0;
  #stopPause = () => {};

  later(ask: () => void): void {
    this.#stopPause();
    this.#stopPause = after(backoff(this.#failures++, Math.random()), ask);
  }

  succeeded(): void {
    this.#failures = 0;
  }

  stop(): void {
    this.#stopPause();
  }
}
