import type { Append, Appended } from "./event-log.ts";

/** Stores a batch durably; `flush` is how many milliseconds of it the disk took. Batches are stored in the order of the calls. */
export type Commit = (batch: readonly Append[]) => Promise<{ readonly appended: readonly Appended[]; readonly flush: number }>;

interface Call {
  readonly batch: readonly Append[];
  resolve(appended: readonly Appended[]): void;
  reject(error: unknown): void;
}

const mostInOneCommit = 1_000;
const millisecondsPerDecision = 0.02;

/** Whatever is appended while a commit is in flight travels together in the next one: a busy log pays for one flush of the disk per batch. */
export class GroupCommit {
  readonly #commit: Commit;
  readonly #onCommit: (position: number) => void;
  #waiting: Call[] = [];
  /** How many calls each batch has that was sent and is not answered yet, oldest first. */
  readonly #inFlight: number[] = [];
  #scheduled = false;
  /** How long the last commit took, in milliseconds. */
  #flush = Infinity;
  #whenSettled: PromiseWithResolvers<void> | undefined;

  constructor(commit: Commit, onCommit: (position: number) => void) {
    this.#commit = commit;
    this.#onCommit = onCommit;
  }

  append(batch: readonly Append[]): Promise<readonly Appended[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves when nothing waits and nothing is in flight. */
  async settled(): Promise<void> {
    if (this.#waiting.length + this.#inFlight.length > 0) await (this.#whenSettled ??= Promise.withResolvers()).promise;
  }

  /** At the end of this turn of the event loop, so that all that it brings is sent together. */
  #schedule(): void {
    if (this.#scheduled || this.#inFlight.length > 1) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#sendWhatIsDue();
    });
  }

  /**
   * To an idle disk, what waits. Where it flushes faster than commands are decided, only half of it: while one half is being written, the answers
   * to the other are turned into the next commands. And a second batch as soon as it is as large as the first, to be there when that is done.
   */
  #sendWhatIsDue(): void {
    const waiting = this.#waiting.length;
    const isFast = this.#flush < waiting * millisecondsPerDecision;
    if (this.#inFlight.length === 0 && waiting > 0) this.#send(isFast ? Math.ceil(waiting / 2) : waiting);
    if (this.#inFlight.length === 1 && this.#waiting.length >= this.#inFlight[0]!) this.#send(this.#waiting.length);
  }

  #send(most: number): void {
    const calls = this.#take(most);
    this.#inFlight.push(calls.length);
    this.#commit(calls.flatMap(({ batch }) => batch)).then(
      ({ appended, flush }) => {
        this.#flush = flush;
        this.#answered();
        this.#answer(calls, appended);
      },
      (error: unknown) => {
        this.#answered();
        for (const call of calls) call.reject(error);
      },
    );
  }

  #take(most: number): Call[] {
    let appends = 0;
    let calls = 0;
    while (calls < most && appends < mostInOneCommit) appends += this.#waiting[calls++]!.batch.length;
    return this.#waiting.splice(0, calls);
  }

  #answered(): void {
    this.#inFlight.shift();
    if (this.#inFlight.length === 0 && this.#waiting.length > 0) this.#send(this.#waiting.length);
    if (this.#inFlight.length > 0) return;
    this.#whenSettled?.resolve();
    this.#whenSettled = undefined;
  }

  #answer(calls: readonly Call[], appended: readonly Appended[]): void {
    let next = 0;
    let position = 0;
    for (const one of appended) if (one.kind === "appended" && one.handled.events.length > 0) position = one.handled.position;
    for (const { batch, resolve } of calls) resolve(appended.slice(next, (next += batch.length)));
    if (position > 0) this.#onCommit(position);
  }
}
