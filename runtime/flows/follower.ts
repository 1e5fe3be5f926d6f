import { setImmediate } from "node:timers/promises";
import type { Event } from "../protocol/event.ts";
import type { Problem } from "../protocol/problem.ts";
import type { EventTail } from "../read/event-tail.ts";
import type { EventLog } from "../store/event-log.ts";
import { Batch } from "./batch.ts";
import type { SomeFlowDefinition } from "./flow.ts";
import type { FlowStore, OutgoingCommand, Progress } from "./flow-store.ts";
import { instanceOf, inWords, nameOfCommand, nameOfEvent, type Input } from "./input.ts";
import { pause } from "./pause.ts";

/** What keeps a flow from going on: what it was about to react to, and what its code said. */
export interface Stopped {
  readonly before: string;
  readonly reason: string;
}

export interface FollowerWorld {
  readonly log: EventLog;
  readonly tail: EventTail;
  readonly store: FlowStore;
  /** Milliseconds since 1970. */
  now(): number;
  /** There are commands to be carried out. */
  hasRun(): void;
  /** The flow has moved, stopped, or come to rest. */
  moved(): void;
  stopped(flow: string, position: number, stopped: Stopped): void;
  /** The store or the log failed; it is tried again. */
  failed(error: unknown): void;
}

const mostAtOnce = 500;
/** So many events that mean nothing to the flow are read again at most, when it goes on after an end. */
const mostUnstored = 1_000;
/** A longer timer is looked at again in between, for clocks are set, and no timeout is longer than 24 days. */
const longestSleep = 60_000;
const pauseAfterFailure = 1_000;

/** One flow on its way along the log: all that it reacts to, one batch after the other. */
export class Follower {
  readonly #flow: SomeFlowDefinition;
  readonly #world: FollowerWorld;
  readonly #closing = new AbortController();
  readonly #rejections: Extract<Input, { readonly kind: "rejection" }>[] = [];
  readonly #following: Promise<void>;
  #stored: Progress;
  #position: number;
  #nextDue: number | undefined;
  /** When a timer was found due, and where the log was then. */
  #due: { readonly time: number; readonly position: number } | undefined;
  #stopped: Stopped | undefined;
  #sleep: AbortController | undefined;

  constructor(flow: SomeFlowDefinition, stored: Progress, nextDue: number | undefined, world: FollowerWorld) {
    this.#flow = flow;
    this.#world = world;
    this.#stored = stored;
    this.#position = stored.position;
    this.#nextDue = nextDue;
    this.#following = this.#follow();
  }

  /** Reads where the flow has come to, and goes on from there. */
  static async start(flow: SomeFlowDefinition, world: FollowerWorld): Promise<Follower> {
    const { stored, nextDue } = await resume(flow, world);
    return new Follower(flow, stored, nextDue, world);
  }

  get name(): string {
    return this.#flow.name;
  }

  get position(): number {
    return this.#position;
  }

  get stopped(): Stopped | undefined {
    return this.#stopped;
  }

  /** Whether there is nothing left to react to, up to this position and by now. */
  isAtRest(position: number): boolean {
    return this.#stopped !== undefined || (this.#sleep !== undefined && this.#position >= position && !this.#hasWork());
  }

  /** When its next timer is due, in milliseconds since 1970. */
  get nextDue(): number | undefined {
    return this.#nextDue;
  }

  /** False where the flow does not react to the rejection of this command. */
  takeRejection(command: OutgoingCommand, problem: Problem): boolean {
    if (!Object.hasOwn(this.#flow.whenRejected ?? {}, nameOfCommand(command))) return false;
    this.#rejections.push({ kind: "rejection", command, problem, now: this.#world.now() });
    this.wake();
    return true;
  }

  /** Something that it waits for may have come: a rejection, or, by a clock that was turned, a timer. */
  wake(): void {
    this.#sleep?.abort();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await this.#following;
    if (this.#position > this.#stored.position) await this.#store(new Batch(this.#flow, new Map()), this.#position).catch(() => undefined);
  }

  async #follow(): Promise<void> {
    while (!this.#closing.signal.aborted && this.#stopped === undefined) {
      try {
        await this.#step();
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        this.#world.failed(error);
        await this.#resumeLater();
      }
      this.#world.moved();
      // Where nothing waits for a disk, flows that run each other without an end would leave no time for anything else.
      await setImmediate();
    }
  }

  async #step(): Promise<void> {
    if (this.#rejections.length > 0) return this.#takeRejections();
    if (this.#isDue()) return this.#takeTimers();
    return this.#takeEvents(await this.#sleepUntilEvents());
  }

  #hasWork(): boolean {
    return this.#rejections.length > 0 || this.#isDue();
  }

  #isDue(): boolean {
    return this.#nextDue !== undefined && this.#nextDue <= this.#world.now();
  }

  async #takeRejections(): Promise<void> {
    const taken = this.#rejections.slice(0, mostAtOnce);
    await this.#take(taken, this.#position);
    this.#rejections.splice(0, taken.length);
  }

  /** What happened before a timer was due may have cancelled it: first all that has happened by the time that one is found due. */
  async #takeTimers(): Promise<void> {
    const { log, store, now } = this.#world;
    this.#due ??= { time: now(), position: (await log.head()).position };
    const { time, position } = this.#due;
    if (this.#position < position) return this.#takeEvents(await log.read(this.#position, mostAtOnce));

    this.#due = undefined;
    const timers = await store.due(this.name, time, mostAtOnce);
    await this.#take(
      timers.map((timer) => ({ kind: "timer", timer, now: time })),
      this.#position,
    );
    this.#nextDue = await store.nextDue(this.name);
  }

  async #takeEvents(events: readonly Event[]): Promise<void> {
    const last = events.at(-1)?.metadata.position;
    if (last === undefined) return;
    const known = events.filter((event) => Object.hasOwn(this.#flow.when, nameOfEvent(event)));
    await this.#take(
      known.map((event) => ({ kind: "event", event })),
      last,
    );
  }

  async #sleepUntilEvents(): Promise<readonly Event[]> {
    const sleep = new AbortController();
    this.#sleep = sleep;
    const untilDue = this.#nextDue === undefined ? longestSleep : this.#nextDue - this.#world.now();
    const timer = setTimeout(() => sleep.abort(), Math.max(1, Math.min(untilDue, longestSleep)));
    this.#world.moved();
    try {
      return await this.#world.tail.next(this.#position, sleep.signal);
    } finally {
      clearTimeout(timer);
      this.#sleep = undefined;
    }
  }

  /** Takes the inputs that its code can take. At the first that it cannot, the flow stops, with all before it stored. */
  async #take(inputs: readonly Input[], position: number): Promise<void> {
    const instances = await this.#world.store.instances(this.name, [...new Set(inputs.flatMap((input) => this.#instanceOf(input)))]);
    const batch = new Batch(this.#flow, instances);
    for (const input of inputs) {
      try {
        batch.take(input);
      } catch (error) {
        await this.#store(batch, input.kind === "event" ? input.event.metadata.position - 1 : this.#position);
        return this.#stop(input, error);
      }
    }
    await this.#store(batch, position);
  }

  /** Nothing where its code cannot tell: it will throw the same when the input is taken. */
  #instanceOf(input: Input): readonly string[] {
    try {
      return this.#flow.identity === undefined ? [] : [instanceOf(this.#flow, input)];
    } catch {
      return [];
    }
  }

  async #store(batch: Batch, position: number): Promise<void> {
    const { store, hasRun } = this.#world;
    if (!batch.isEmpty || position - this.#stored.position >= mostUnstored || this.#closing.signal.aborted) {
      const step = batch.stepFrom(this.name, this.#stored, position);
      await store.commit(step);
      this.#stored = { position, revision: this.#stored.revision + 1 };
      if (step.commands.length > 0) hasRun();
      if (step.scheduled.length + step.cancelled.length > 0 || step.instances.size > 0) this.#nextDue = await store.nextDue(this.name);
    }
    this.#position = position;
  }

  #stop(input: Input, error: unknown): void {
    this.#stopped = { before: inWords(input), reason: error instanceof Error ? error.message : String(error) };
    this.#world.stopped(this.name, this.#position, this.#stopped);
  }

  /** What is stored may be more than we know, or less. */
  async #resumeLater(): Promise<void> {
    await pause(pauseAfterFailure, this.#closing.signal);
    try {
      const { stored, nextDue } = await resume(this.#flow, this.#world);
      this.#stored = stored;
      this.#position = stored.position;
      this.#nextDue = nextDue;
      this.#due = undefined;
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#world.failed(error);
    }
  }
}

async function resume(flow: SomeFlowDefinition, { log, store }: FollowerWorld) {
  const head = await log.head();
  const stored = await store.resume(flow.name, head, flow.isFromBeginning ? 0 : head.position, flow.was);
  return { stored, nextDue: await store.nextDue(flow.name) };
}
