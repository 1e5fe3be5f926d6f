import type { Event } from "../protocol/event.ts";
import type { EventLog } from "../store/event-log.ts";

const mostRecent = 2_000;
const mostRead = 500;
/** The log's hints may be lost, and other processes write, too: so often it is asked without a hint. */
const patience = 1_000;

/** The log as many readers follow it: the newest events are in memory, and who waits at the same place waits together. */
export class EventTail {
  readonly #log: EventLog;
  readonly #waiting = new Set<() => void>();
  readonly #reading = new Map<number, Promise<readonly Event[]>>();
  readonly #stop: () => void;
  #recent: Event[] = [];
  #closed = false;

  constructor(log: EventLog) {
    this.#log = log;
    this.#stop = log.onGrown(() => this.#wake());
  }

  /** The next events after a position; waits until there are some. Empty only when it is closed or the signal says so. */
  async next(after: number, signal?: AbortSignal): Promise<readonly Event[]> {
    while (!this.#closed && !signal?.aborted) {
      const grown = this.#grown(signal);
      const events = this.#remembered(after) ?? (await this.#read(after));
      if (events.length > 0) return events;
      await grown;
    }

    return [];
  }

  close(): void {
    this.#closed = true;
    this.#stop();
    this.#wake();
  }

  #remembered(after: number): readonly Event[] | undefined {
    const first = this.#recent[0]?.metadata.position;
    if (first === undefined || after + 1 < first) return undefined;
    const events = this.#recent.slice(after + 1 - first, after + 1 - first + mostRead);

    return events.length > 0 ? events : undefined;
  }

  #read(after: number): Promise<readonly Event[]> {
    let reading = this.#reading.get(after);
    if (!reading) {
      reading = this.#log.read(after, mostRead).finally(() => this.#reading.delete(after));
      this.#reading.set(after, reading);
      void reading.then(
        (events) => this.#remember(events),
        () => undefined,
      );
    }

    return reading;
  }

  #remember(events: readonly Event[]): void {
    const last = this.#recent.at(-1)?.metadata.position;
    const [first] = events;
    if (!first) return;
    if (last === undefined || first.metadata.position === last + 1) this.#recent.push(...events);
    else if (first.metadata.position > last + 1) this.#recent = [...events];
    if (this.#recent.length > 2 * mostRecent) this.#recent = this.#recent.slice(-mostRecent);
  }

  #grown(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, patience);
      this.#waiting.add(done);
      signal?.addEventListener("abort", done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
