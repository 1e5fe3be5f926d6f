const mostRemembered = 20_000;
/** Seconds of the rate that may come at once. */
const burst = 2;

interface Bucket {
  tokens: number;
  at: number;
}

/** So many requests a second for each key, and twice as many at once. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** 0 a second is no limit. `now` is in milliseconds. */
  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** Takes one request; or says how many milliseconds too early it comes. */
  take(key: string): number {
    if (this.#perSecond === 0) return 0;
    const now = this.#now();
    const full = this.#perSecond * burst;
    const bucket = this.#buckets.get(key) ?? this.#begin(key, full, now);
    bucket.tokens = Math.min(full, bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / this.#perSecond) * 1000);
    bucket.tokens -= 1;

    return 0;
  }

  #begin(key: string, tokens: number, at: number): Bucket {
    if (this.#buckets.size >= mostRemembered) this.#forget(at);
    const bucket = { tokens, at };
    this.#buckets.set(key, bucket);

    return bucket;
  }

  /** Who has been quiet for long enough has a full bucket, as somebody new; if nobody has, those who came first. */
  #forget(now: number): void {
    for (const [key, { at }] of this.#buckets) if (now - at >= burst * 1000) this.#buckets.delete(key);
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size < mostRemembered) return;
      this.#buckets.delete(key);
    }
  }
}
