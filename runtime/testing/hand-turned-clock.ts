/** Noon, for then it is the same day almost everywhere. */
export const start = "2026-01-01T12:00:00.000Z";

/** Time that passes only where a story says so. */
export class HandTurnedClock {
  #now = Date.parse(start);

  get now(): number {
    return this.#now;
  }

  get timestamp(): string {
    return new Date(this.#now).toISOString();
  }

  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time);
  }
}
