import type { EventLog } from "../store/event-log.ts";
import { applyAll, beforeTheFirstEvent } from "./aggregate-state.ts";
import { LivingAggregate } from "./living-aggregate.ts";
import { revive, snapshotOf, type Revived } from "./revive.ts";
import type { Task } from "./vocabulary.ts";

interface Kept {
  readonly aggregate: LivingAggregate;
  bytes: number;
  /** The revision at which it was weighed; it is weighed again when its history has doubled. */
  weighedAt: number;
  /** The revision of its last snapshot. */
  snapshotAt: number;
}

/** What a small aggregate costs besides the text of its state. */
const overhead = 500;
/** To so much of what is allowed room is made, at once for many: a map whose first entries are deleted one by one is slow to find the next first one. */
const afterMakingRoom = 0.9;

/** The aggregates in memory: the least recently used ones make room when together they weigh more than allowed. */
export class Aggregates {
  readonly #log: EventLog;
  readonly #mostBytes: number;
  readonly #eventsPerSnapshot: number;
  readonly #kept = new Map<string, Kept>();
  readonly #loading = new Map<string, Promise<LivingAggregate>>();
  #bytes = 0;

  constructor(log: EventLog, mostBytes: number, eventsPerSnapshot: number) {
    this.#log = log;
    this.#mostBytes = mostBytes;
    this.#eventsPerSnapshot = eventsPerSnapshot;
  }

  /**
   * The aggregate of a task, from memory or from the log. One that the task is to begin is taken to be new without asking: if it is not,
   * the append conflicts, and the next attempt finds it in the log.
   */
  load(task: Task, isFirstAttempt: boolean): LivingAggregate | Promise<LivingAggregate> {
    const key = keyOf(task);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return this.#touch(key, kept);

    const { kind, command } = task;
    if (task.definition.on === "new" && isFirstAttempt && !this.#loading.has(key)) {
      return this.#keep(key, task, { state: beforeTheFirstEvent(kind.definition, command.aggregate.id), snapshotAt: 0 });
    }
    return this.#loading.get(key) ?? this.#load(key, task, revive(this.#log, kind, command.aggregate.id));
  }

  /** Whether memory still says what the log says. Where it does not, the next attempt reads what is missing. */
  async isUpToDate(task: Task, aggregate: LivingAggregate): Promise<boolean> {
    await aggregate.idle();
    if (aggregate.isStale) return false;
    const { revision } = aggregate.committed;
    const missing = await this.#log.history(addressOf(task), revision);
    if (missing.length > 0 && !aggregate.isStale && aggregate.committed.revision === revision) this.discard(task, aggregate);
    if (revision === 0 && aggregate.isIdle) this.#forget(keyOf(task), aggregate);
    return missing.length === 0;
  }

  /** Weighs an aggregate whose events were committed, and takes its picture, when that is due. */
  settle(task: Task, aggregate: LivingAggregate): void {
    const kept = this.#kept.get(keyOf(task));
    if (kept?.aggregate !== aggregate) return;
    if (aggregate.committed.revision >= Math.max(1, kept.weighedAt * 2)) this.#weigh(kept);
    if (aggregate.committed.revision - kept.snapshotAt >= this.#eventsPerSnapshot) this.#takeSnapshot(task, kept);
  }

  /** Memory turned out to be wrong: the next attempt begins with what was committed, and reads what the log has besides. */
  discard(task: Task, aggregate: LivingAggregate): void {
    const key = keyOf(task);
    const snapshotAt = this.#kept.get(key)?.snapshotAt ?? 0;
    aggregate.isStale = true;
    if (!this.#forget(key, aggregate)) return;
    const { committed } = aggregate;
    const missed = this.#log.history(addressOf(task), committed.revision);
    const caughtUp = missed.then((events) => ({ state: applyAll(task.kind.definition, committed, events), snapshotAt }));
    this.#load(key, task, caughtUp).catch(() => {});
  }

  #load(key: string, task: Task, reviving: Promise<Revived>): Promise<LivingAggregate> {
    const loading = reviving.then((revived) => this.#keep(key, task, revived)).finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  #keep(key: string, task: Task, { state, snapshotAt }: Revived): LivingAggregate {
    const kept: Kept = { aggregate: new LivingAggregate(state), bytes: 0, weighedAt: 0, snapshotAt };
    this.#kept.set(key, kept);
    // What begins is weighed with its first event.
    if (state.revision > 0) this.#weigh(kept);
    if (state.revision - snapshotAt >= this.#eventsPerSnapshot) this.#takeSnapshot(task, kept);
    return kept.aggregate;
  }

  /** Nobody waits for it. Where it fails, nothing is lost but time; a store in trouble will tell whoever appends. */
  #takeSnapshot(task: Task, kept: Kept): void {
    const { committed } = kept.aggregate;
    kept.snapshotAt = committed.revision;
    this.#log.keepSnapshot(addressOf(task), snapshotOf(committed, task.kind)).catch(() => {});
  }

  #touch(key: string, kept: Kept): LivingAggregate {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.aggregate;
  }

  #weigh(kept: Kept): void {
    const { committed } = kept.aggregate;
    const bytes = overhead + 2 * JSON.stringify(committed.state).length;
    this.#bytes += bytes - kept.bytes;
    kept.bytes = bytes;
    kept.weighedAt = committed.revision;
    if (this.#bytes > this.#mostBytes) this.#makeRoom(kept);
  }

  #makeRoom(latest: Kept): void {
    for (const [key, kept] of this.#kept) {
      if (this.#bytes <= this.#mostBytes * afterMakingRoom) return;
      if (kept !== latest && kept.aggregate.isIdle) this.#forget(key, kept.aggregate);
    }
  }

  #forget(key: string, aggregate: LivingAggregate): boolean {
    const kept = this.#kept.get(key);
    if (kept?.aggregate !== aggregate) return false;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
    return true;
  }
}

function keyOf({ kind, command }: Task): string {
  return `${kind.name}.${command.aggregate.id}`;
}

function addressOf({ kind, command }: Task): Parameters<EventLog["history"]>[0] {
  return { context: kind.definition.context, aggregate: kind.definition.name, id: command.aggregate.id };
}
