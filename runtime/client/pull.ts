/** What is pulled from: `take` has what has piled up since it was last asked, if anything. */
export interface Source<Item> {
  take(): Item | undefined;
  stop(): void;
}

/** How a source says that there is something to take, that it ended, or failed. */
export interface Announce {
  news(): void;
  ended(): void;
  failed(error: unknown): void;
}

type Begin<Item> = (announce: Announce) => Source<Item>;

/** An async iterable of what a source brings; each iteration begins its own source, and stops it however the iteration ends. */
export function pull<Item>(begin: Begin<Item>, signal?: AbortSignal): AsyncIterable<Item> {
  return { [Symbol.asyncIterator]: () => new Pull(begin, signal) };
}

class Pull<Item> implements AsyncIterator<Item, undefined> {
  readonly #begin: Begin<Item>;
  readonly #signal: AbortSignal | undefined;
  #source: Source<Item> | undefined;
  #waiting: PromiseWithResolvers<void> | undefined;
  #end: { readonly error?: unknown } | undefined;

  constructor(begin: Begin<Item>, signal: AbortSignal | undefined) {
    this.#begin = begin;
    this.#signal = signal;
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    this.#source ??= this.#start();

    for (;;) {
      if (this.#end && "error" in this.#end) throw this.#failure(this.#end.error);

      const value = this.#source.take();
      if (value !== undefined) return { done: false, value };
      if (this.#end) return { done: true, value: undefined };

      this.#waiting ??= Promise.withResolvers();
      await this.#waiting.promise;
    }
  }

  async return(): Promise<IteratorResult<Item, undefined>> {
    this.#stop({});
    this.#source = { take: () => undefined, stop() {} };

    return { done: true, value: undefined };
  }

  #start(): Source<Item> {
    this.#signal?.throwIfAborted();
    const source = this.#begin({ news: () => this.#wake(), ended: () => this.#stop({}), failed: (error) => this.#stop({ error }) });
    this.#signal?.addEventListener("abort", this.#abort);

    return source;
  }

  readonly #abort = (): void => this.#stop({ error: this.#signal?.reason });

  #stop(end: { readonly error?: unknown }): void {
    if (this.#end) return;

    this.#end = end;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#source?.stop();
    this.#wake();
  }

  #wake(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }

  /** A failure is thrown once; whoever asks again is told that it is over. */
  #failure(error: unknown): unknown {
    this.#end = {};

    return error;
  }
}
