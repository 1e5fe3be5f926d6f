import type { Append, Appended } from "../event-log.ts";
import type { JournalThread } from "./journal-thread.ts";
import { pack, unpackSettled } from "./packed-append.ts";

interface Call {
  readonly batch: readonly Append[];
  resolve(appended: readonly Appended[]): void;
  reject(error: unknown): void;
}

const mostInOneCommit = 1_000;

/** Whatever is appended while a commit is in flight travels together in the next one: a busy log pays for one flush of the disk per batch. */
export class GroupCommit {
  readonly #thread: JournalThread;
  readonly #onCommit: (position: number) => void;
  #waiting: Call[] = [];
  #scheduled = false;
  #inFlight: Promise<void> | undefined;

  constructor(thread: JournalThread, onCommit: (position: number) => void) {
    this.#thread = thread;
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
    while (this.#scheduled || this.#inFlight !== undefined) await (this.#inFlight ?? new Promise(setImmediate));
  }

  #schedule(): void {
    if (this.#scheduled || this.#inFlight !== undefined) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#send();
    });
  }

  #send(): void {
    const calls = this.#take();
    if (calls.length === 0) return;
    const packed: (string | number | null)[] = [];
    for (const { batch } of calls) for (const append of batch) pack(append, packed);

    this.#inFlight = this.#thread.ask("append", packed).then(
      (settled) => {
        this.#inFlight = undefined;
        this.#send();
        this.#answer(calls, settled);
      },
      (error: unknown) => {
        this.#inFlight = undefined;
        this.#send();
        for (const call of calls) call.reject(error);
      },
    );
  }

  #take(): Call[] {
    let appends = 0;
    let calls = 0;
    while (calls < this.#waiting.length && appends < mostInOneCommit) appends += this.#waiting[calls++]!.batch.length;
    return this.#waiting.splice(0, calls);
  }

  #answer(calls: readonly Call[], settled: readonly Parameters<typeof unpackSettled>[0][]): void {
    let next = 0;
    let position = 0;
    for (const { batch, resolve } of calls) {
      const appended = batch.map((append) => unpackSettled(settled[next++]!, append));
      for (const one of appended) if (one.kind === "appended" && one.handled.events.length > 0) position = one.handled.position;
      resolve(appended);
    }
    if (position > 0) this.#onCommit(position);
  }
}
