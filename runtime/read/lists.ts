import { problem } from "../protocol/problem.ts";
import type { EventLog } from "../store/event-log.ts";
import type { ListsReport } from "./lists-report.ts";
import { pause, wake } from "./pause.ts";
import type { Answer, Applied, Counted, ListStatus, News, Question, ReadModel, Refused } from "./read-model.ts";
import { stoppedSentence } from "./stopped-sentence.ts";
import { positionIn, writeToken } from "./token.ts";
import { Watches, type Observer, type Watch } from "./watches.ts";

export interface Surroundings {
  readonly model: ReadModel;
  readonly log: EventLog;
  readonly report: ListsReport;
  /** So many different questions are observed at a time. */
  readonly mostObserved?: number | undefined;
}

/** What an observer has to know, and as of which position. */
export interface Update {
  readonly news: News;
  readonly position: number;
}

export interface Observation extends Update {
  readonly kind: "observation";
  /** By which the observer goes on from a position after it was away. */
  token(position: number): string;
  /** What happened since a position, all in one; what comes afterwards goes on from it. */
  again(since: number): Promise<Update>;
  end(): void;
}

const mostByDefault = 10_000;
const longestWait = 5_000;
const pauseAfterFailure = 1_000;
const progressEvery = 2_000;
/** A step of making a list anew takes so many events, between which those that answer go on. Fewer transactions cost less, so more are taken where none does. */
const mostBuilt = 4_000;
const mostAlone = 10_000;
/** Under load, events that come within so many milliseconds are applied together; who waits for a position is not kept waiting. */
const breath = 20;
/** The same while nobody observes and more than `many` came last time: fewer transactions leave more of the processor to the commands. */
const longBreath = 100;
const many = 200;
/** A transaction never takes more, but where the lists are far behind and nobody observes; after a full one the next follows without a breath. */
const mostAtOnce = 2_000;
/** The log's hints may be lost, and other processes write, too: so often it is asked without a hint. */
const patience = 1_000;

/** The lists as they follow the log, and everybody who asks or observes them. */
export class Lists {
  readonly #model: ReadModel;
  readonly #log: EventLog;
  readonly #report: ListsReport;
  readonly #mostObserved: number;
  readonly #watches = new Watches();
  /** Those who wait for a list to reach a position, and the loop that follows the log: while it rests, and while there is nothing to do. */
  readonly #waiting = new Set<() => void>();
  readonly #resting = new Set<() => void>();
  readonly #asleep = new Set<() => void>();
  #hasGrown = false;
  readonly #stopListening: readonly (() => void)[];
  readonly #closing = new AbortController();
  #statuses: readonly ListStatus[];
  #head: number;
  #told = 0;
  #following: Promise<void>;

  private constructor({ model, log, report, mostObserved = mostByDefault }: Surroundings, statuses: readonly ListStatus[], head: number) {
    this.#model = model;
    this.#log = log;
    this.#report = report;
    this.#mostObserved = mostObserved;
    this.#statuses = statuses;
    this.#head = head;
    const grown = () => {
      this.#hasGrown = true;
      wake(this.#asleep);
    };
    this.#stopListening = [log.onGrown(grown), model.onMoved?.(grown) ?? (() => undefined)];
    this.#following = this.#follow();
  }

  static async start(surroundings: Surroundings): Promise<Lists> {
    const { model, log } = surroundings;
    const head = await log.head();

    return new Lists(surroundings, await model.attach(head), head.position);
  }

  /** How many observe. */
  get observers(): number {
    return this.#watches.count;
  }

  get statuses(): readonly ListStatus[] {
    return this.#statuses;
  }

  /** Whether every list answers, and of all that was in the log when the application started. */
  get areCaughtUp(): boolean {
    return this.#statuses.every(({ position, stopped, building }) => stopped || (building ? building.answers : position >= this.#head));
  }

  /** Answers as of a position at least `after`, which it waits for, but not for long. */
  async read(question: Question, after = 0): Promise<Answer | Refused> {
    const answer = (await this.#reached(question.list, after)) ?? (await this.#model.read(question));
    if (answer.kind === "answer" && answer.advice !== undefined) this.#report.advice(answer.advice);

    return answer;
  }

  async count(question: Question, after = 0): Promise<Counted | Refused> {
    return (await this.#reached(question.list, after)) ?? this.#model.count(question);
  }

  /** With a token it goes on where that observer stopped, if what happened since is still known. */
  async observe(question: Question, observer: Observer, after = 0, token?: string): Promise<Observation | Refused> {
    const late = await this.#reached(question.list, Math.max(after, token === undefined ? 0 : positionIn(token)));
    if (late) return late;
    const observed = await this.#model.observe(question, token);
    if (observed.kind === "refused") return observed;
    const { live, news, position, mark } = observed;
    if (this.#watches.areFullFor(live, this.#mostObserved)) {
      this.#forget(live);

      return unavailable("So many different questions are observed at the moment that there is no room for one more; ask again later.");
    }
    const watch = { observer, list: question.list, position };
    this.#watches.begin(live, watch);

    return {
      kind: "observation",
      news,
      position,
      token: (of) => writeToken(of, mark),
      again: (since) => this.#again(live, watch, since),
      end: () => this.#end(live, watch),
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const stop of this.#stopListening) stop();
    wake(this.#asleep);
    wake(this.#resting);
    wake(this.#waiting);
    await this.#following;
    await this.#model.close();
  }

  async #follow(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        const builds = await this.#buildOnce();
        await this.#followOnce(this.#next(), builds);
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        this.#report.failed(error);
        await pause(this.#resting, pauseAfterFailure);
        await this.#attachAgain();
      }
    }
  }

  /** One step for the lists that are being made; whether there are any. */
  async #buildOnce(): Promise<boolean> {
    const before = this.#statuses.filter(isBuilding);
    if (before.length === 0) return false;
    const most = this.#statuses.some(canAnswer) ? mostBuilt : mostAlone;
    const applied = await this.#model.buildOn(Math.min(...before.map(({ building }) => building!.position)), most);
    this.#publish(applied);
    for (const { list } of before) if (!this.#status(list)?.building) this.#report.built(list);
    this.#tellProgress(() => {
      for (const { list, building } of this.#statuses.filter(isBuilding)) this.#report.building(list, building!.position, this.#head);
    });

    return true;
  }

  async #followOnce(after: number, builds: boolean): Promise<void> {
    this.#hasGrown = false;
    const most = this.#head - after > mostAtOnce && this.#watches.areNone ? mostAlone : mostAtOnce;
    const applied = await this.#model.follow(after, most);
    if (applied.to < this.#head && applied.to > 0) this.#tellProgress(() => this.#report.progress(applied.to, this.#head));
    this.#publish(applied);
    if (this.#closing.signal.aborted || builds) return;
    if (applied.to === 0 && !this.#hasGrown) await pause(this.#asleep, patience);
    if (applied.to > 0 && applied.to - after < most && this.#waiting.size === 0) await this.#breathe(applied.to - after);
  }

  async #breathe(applied: number): Promise<void> {
    await pause(this.#resting, this.#watches.areNone && applied > many ? longBreath : breath);
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
    const running = this.#statuses.filter(({ stopped, building }) => !stopped && !building);

    return running.length === 0 ? this.#head : Math.min(...running.map(({ position }) => position));
  }

  #publish({ to: last, statuses, live }: Applied): void {
    for (const status of statuses) if (status.stopped && !this.#status(status.list)?.stopped) this.#stop(status);
    this.#statuses = statuses;
    this.#head = Math.max(this.#head, last);
    for (const change of live) this.#watches.tell(change);
    wake(this.#waiting);
  }

  #stop(status: ListStatus): void {
    this.#report.stopped(status);
    this.#watches.fail(status);
  }

  #tellProgress(tell: () => void): void {
    if (Date.now() - this.#told < progressEvery) return;
    this.#told = Date.now();
    tell();
  }

  #status(list: string): ListStatus | undefined {
    return this.#statuses.find((status) => status.list === list || status.was?.includes(list));
  }

  /** Undefined when the list has come so far; or why that does not happen. */
  async #reached(list: string, position: number): Promise<Refused | undefined> {
    const end = Date.now() + longestWait;
    for (;;) {
      const status = this.#status(list);
      if (!status || (status.position >= position && canAnswer(status))) return undefined;
      const left = end - Date.now();
      const isOver = left <= 0 || this.#closing.signal.aborted;
      if (status.stopped || isOver) return unavailable(lateSentence(status, position, this.#head));
      wake(this.#resting);
      await pause(this.#waiting, left);
    }
  }

  async #again(live: number, watch: Watch, since: number): Promise<Update> {
    const update = await this.#model.current(live, since);
    watch.position = update.position;

    return update;
  }

  #end(live: number, watch: Watch): void {
    if (this.#watches.end(live, watch)) this.#forget(live);
  }

  #forget(live: number): void {
    this.#model.forget(live).catch((error: unknown) => !this.#closing.signal.aborted && this.#report.failed(error));
  }
}

const isBuilding = ({ building, stopped }: ListStatus): boolean => building !== undefined && !stopped;

const canAnswer = ({ building, stopped }: ListStatus): boolean => !stopped && (building === undefined || building.answers);

function lateSentence(status: ListStatus, position: number, head: number): string {
  const { list, building } = status;
  if (building && !status.stopped) return `The list ${list} is being made: it knows ${building.position} of ${head} events; ask again.`;

  return stoppedSentence(status) ?? `The list ${list} has not come to position ${position} yet; ask again.`;
}

function unavailable(detail: string): Refused {
  return { kind: "refused", problem: problem("unavailable", detail) };
}
