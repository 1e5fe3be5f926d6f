import { problem } from "../protocol/problem.ts";
import type { EventLog } from "../store/event-log.ts";
import type { Answer, Applied, ListStatus, Question, ReadModel, Refused } from "./read-model.ts";

/** Hears what happens to something it observes. */
export interface Observer {
  /** `changes` as JSON text; `from` is the position of what it heard last. */
  changed(changes: string, from: number, to: number): void;
}

export interface Observation extends Omit<Answer, "kind"> {
  readonly kind: "observation";
  /** The whole answer anew, for an observer that missed changes; what comes afterwards goes on from it. */
  again(): Promise<Answer>;
  end(): void;
}

interface Watch {
  readonly observer: Observer;
  position: number;
}

/** What the lists tell of themselves while they follow the log. */
export interface ListsReport {
  stopped(status: ListStatus): void;
  /** Lists that are far behind, on their way. */
  progress(position: number, head: number): void;
  /** The read model itself failed; it is tried again. */
  failed(error: unknown): void;
}

const longestWait = 5_000;
const pauseAfterFailure = 1_000;
const progressEvery = 2_000;
/** Under load, events that come within so many milliseconds are applied together; who waits for a position is not kept waiting. */
const breath = 20;
/** The same while nobody observes and more than `many` came last time: fewer transactions leave more of the processor to the commands. */
const longBreath = 100;
const many = 200;
/** A transaction never takes more; after a full one the next follows without a breath. */
const mostAtOnce = 2_000;
/** The log's hints may be lost, and other processes write, too: so often it is asked without a hint. */
const patience = 1_000;

/** The lists as they follow the log, and everybody who asks or observes them. */
export class Lists {
  readonly #model: ReadModel;
  readonly #log: EventLog;
  readonly #report: ListsReport;
  readonly #watches = new Map<number, Set<Watch>>();
  /** Those who wait for a list to reach a position, and the loop that follows the log: while it rests, and while there is nothing to do. */
  readonly #waiting = new Set<() => void>();
  readonly #resting = new Set<() => void>();
  readonly #asleep = new Set<() => void>();
  #hasGrown = false;
  readonly #stopListening: () => void;
  readonly #closing = new AbortController();
  #statuses: readonly ListStatus[];
  #head: number;
  #told = Date.now();
  #following: Promise<void>;

  private constructor(model: ReadModel, log: EventLog, report: ListsReport, statuses: readonly ListStatus[], head: number) {
    this.#model = model;
    this.#log = log;
    this.#report = report;
    this.#statuses = statuses;
    this.#head = head;
    this.#stopListening = log.onGrown(() => {
      this.#hasGrown = true;
      wake(this.#asleep);
    });
    this.#following = this.#follow();
  }

  static async start(model: ReadModel, log: EventLog, report: ListsReport): Promise<Lists> {
    const head = await log.head();

    return new Lists(model, log, report, await model.attach(head), head.position);
  }

  get statuses(): readonly ListStatus[] {
    return this.#statuses;
  }

  /** Whether the lists know all that was in the log when the application started. */
  get areCaughtUp(): boolean {
    return this.#statuses.every(({ position, stopped }) => stopped || position >= this.#head);
  }

  /** Answers as of a position at least `after`, which it waits for, but not for long. */
  async read(question: Question, after = 0): Promise<Answer | Refused> {
    return (await this.#reached(question.list, after)) ?? this.#model.read(question);
  }

  async observe(question: Question, observer: Observer, after = 0): Promise<Observation | Refused> {
    const late = await this.#reached(question.list, after);
    if (late) return late;
    const observed = await this.#model.observe(question);
    if (observed.kind === "refused") return observed;
    const { live, rows, position } = observed;
    const watch = { observer, position };
    this.#watches.set(live, (this.#watches.get(live) ?? new Set()).add(watch));

    return { kind: "observation", rows, position, again: () => this.#again(live, watch), end: () => this.#end(live, watch) };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#stopListening();
    wake(this.#asleep);
    wake(this.#resting);
    wake(this.#waiting);
    await this.#following;
    await this.#model.close();
  }

  async #follow(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        await this.#followOnce(this.#next());
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        this.#report.failed(error);
        await pause(this.#resting, pauseAfterFailure);
        await this.#attachAgain();
      }
    }
  }

  async #followOnce(after: number): Promise<void> {
    this.#hasGrown = false;
    const applied = await this.#model.follow(after, mostAtOnce);
    if (applied.to > 0) this.#publish(applied);
    if (this.#closing.signal.aborted) return;
    if (applied.to === 0 && !this.#hasGrown) await pause(this.#asleep, patience);
    if (applied.to > 0 && this.#waiting.size === 0) await this.#breathe(applied.to - after);
  }

  async #breathe(applied: number): Promise<void> {
    if (applied === mostAtOnce) return;
    await pause(this.#resting, this.#watches.size === 0 && applied > many ? longBreath : breath);
  }

  /** What the read model holds may be older than we think, or somebody else's by now. */
  async #attachAgain(): Promise<void> {
    try {
      this.#statuses = await this.#model.attach(await this.#log.head());
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#report.failed(error);
    }
  }

  /** Where to read on: where the list that is furthest behind stands. */
  #next(): number {
    const running = this.#statuses.filter(({ stopped }) => !stopped);

    return running.length === 0 ? this.#head : Math.min(...running.map(({ position }) => position));
  }

  #publish({ to: last, statuses, live }: Applied): void {
    for (const status of statuses) if (status.stopped && !this.#status(status.list)?.stopped) this.#report.stopped(status);
    this.#statuses = statuses;
    if (last < this.#head && Date.now() - this.#told > progressEvery) {
      this.#told = Date.now();
      this.#report.progress(last, this.#head);
    }
    this.#head = Math.max(this.#head, last);
    for (const { live: number, changes, to } of live) {
      for (const watch of this.#watches.get(number) ?? []) tell(watch, changes, to);
    }
    wake(this.#waiting);
  }

  #status(list: string): ListStatus | undefined {
    return this.#statuses.find((status) => status.list === list || status.was?.includes(list));
  }

  /** Undefined when the list has come so far; or why that does not happen. */
  async #reached(list: string, position: number): Promise<Refused | undefined> {
    const end = Date.now() + longestWait;
    for (;;) {
      const status = this.#status(list);
      if (!status || status.position >= position) return undefined;
      if (status.stopped)
        return unavailable(`The list ${list} has stopped at position ${status.position}; its operator has to look after it.`);
      const left = end - Date.now();
      if (left <= 0 || this.#closing.signal.aborted)
        return unavailable(`The list ${list} has not come to position ${position} yet; ask again.`);
      wake(this.#resting);
      await pause(this.#waiting, left);
    }
  }

  async #again(live: number, watch: Watch): Promise<Answer> {
    const answer = await this.#model.current(live);
    watch.position = answer.position;

    return answer;
  }

  #end(live: number, watch: Watch): void {
    const watches = this.#watches.get(live);
    if (!watches?.delete(watch)) return;
    if (watches.size === 0) this.#watches.delete(live);
    this.#model.forget(live).catch((error: unknown) => !this.#closing.signal.aborted && this.#report.failed(error));
  }
}

/** Waits to be woken, but only so many milliseconds. */
function pause(sleepers: Set<() => void>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      sleepers.delete(done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    sleepers.add(done);
  });
}

function wake(sleepers: ReadonlySet<() => void>): void {
  for (const done of [...sleepers]) done();
}

function tell(watch: Watch, changes: string, to: number): void {
  const from = watch.position;
  if (to <= from) return;
  watch.position = to;
  watch.observer.changed(changes, from, to);
}

function unavailable(detail: string): Refused {
  return { kind: "refused", problem: problem("unavailable", detail) };
}
