import type { Event } from "../protocol/event.ts";
import type { ListsFile, Opened } from "./lists-file.ts";
import { nameOf, project } from "./projection.ts";
import type { ListStatus, LogHead } from "./read-model.ts";
import type { AnyList, Table } from "./table.ts";

/** What answers questions to a list, and of which position. */
export interface Answering {
  readonly table: Table;
  readonly position: number;
}

/** What a step did to a list: whether rows may have changed, and which, as far as this process knows. */
export type Moved =
  { readonly kind: "nothing" } | { readonly kind: "touched"; readonly ids: ReadonlySet<string> } | { readonly kind: "unknown" };

const nothing: Moved = { kind: "nothing" };

/** One list on its way along the log. */
export class Progress {
  readonly list: AnyList;
  readonly #file: ListsFile;
  #log: LogHead = { incarnation: "", position: 0 };
  #opened!: Opened;
  #position = 0;
  #isComplete = false;
  #stopped: ListStatus["stopped"];

  constructor(list: AnyList, file: ListsFile) {
    this.list = list;
    this.#file = file;
  }

  /** Within a transaction of the file. */
  open(log: LogHead): void {
    this.#log = log;
    this.#take(this.#file.open(this.list, log));
  }

  /** How far its own rows have come. */
  get position(): number {
    return this.#position;
  }

  get isBuilding(): boolean {
    return !this.#isComplete && !this.#stopped;
  }

  get isFollowing(): boolean {
    return this.#isComplete && !this.#stopped;
  }

  /** Nothing while it is made for the first time, or stands still because something is wrong. */
  get answering(): Answering | undefined {
    if (this.#stopped) return undefined;

    return this.#isComplete ? { table: this.#opened.own.table, position: this.#position } : this.#opened.standIn;
  }

  get isStandIn(): boolean {
    return !this.#isComplete;
  }

  get status(): ListStatus {
    const position = this.answering?.position ?? this.#position;
    const building = { position: this.#position, answers: this.#opened.standIn !== undefined };

    return {
      list: this.list.name,
      ...(this.list.was && { was: this.list.was }),
      position,
      ...(!this.#isComplete && { building }),
      ...(this.#stopped && { stopped: this.#stopped }),
    };
  }

  /** What has to be known again where a transaction failed. */
  remember(): () => void {
    const [opened, position, isComplete, stopped] = [this.#opened, this.#position, this.#isComplete, this.#stopped];

    return () => {
      [this.#opened, this.#position, this.#isComplete, this.#stopped] = [opened, position, isComplete, stopped];
    };
  }

  /**
   * Applies the events that it does not have yet, within a transaction of the file. Another process may have done so: then what that one did is taken
   * over. `isEnd`: there were no more in the log.
   */
  advance(events: readonly Event[], isTracked: boolean, isEnd = false): Moved {
    const before = this.#position;
    const isTaken = this.#takeOver();
    if (!this.isBuilding && !this.isFollowing) return nothing;
    // It may be in another generation by now, which has to have what comes before these events first.
    const first = events[0]?.metadata.position ?? before + 1;
    if (first > this.#position + 1) return { kind: "unknown" };
    const { table } = this.#opened.own;
    table.touched = isTracked && !isTaken ? new Set() : undefined;
    const changed = this.#apply(events.filter(({ metadata }) => metadata.position > this.#position));
    const ids = table.touched;
    table.touched = undefined;
    if (isEnd && this.isBuilding) return this.#complete();
    if (isTaken && this.#position > before) return { kind: "unknown" };

    return changed ? (ids ? { kind: "touched", ids } : { kind: "unknown" }) : nothing;
  }

  /** Within a snapshot, how far the rows that answer have come, by this process or another. */
  get answered(): number {
    const own = this.#isComplete ? this.#file.progressOf(this.#opened.own.number) : undefined;

    return own?.position ?? this.answering?.position ?? this.#position;
  }

  /** Within a snapshot, after a step: somebody else may have moved the list since, and that counts then, too. */
  settled(moved: Moved): Moved {
    const position = this.answered;
    if (!this.isFollowing || position === this.#position) return moved;
    this.#position = position;

    return { kind: "unknown" };
  }

  #take(opened: Opened): void {
    this.#opened = opened;
    this.#position = opened.own.position;
    this.#isComplete = opened.own.isComplete;
    this.#stopped = undefined;
  }

  /** Whether somebody else has moved the list since. */
  #takeOver(): boolean {
    const known = this.#file.progressOf(this.#opened.own.number);
    if (known === undefined) return this.#openAgain();
    const isTaken = known.position !== this.#position || known.isComplete !== this.#isComplete;
    this.#position = known.position;
    this.#isComplete = known.isComplete;

    return isTaken;
  }

  #openAgain(): boolean {
    const again = this.#file.reopen(this.list, { ...this.#log, position: Number.MAX_SAFE_INTEGER });
    if (again) this.#take(again);
    else
      this.#stopped = {
        position: this.#position,
        reason: "another version of the application has made this list anew, in the same file",
      };

    return true;
  }

  #complete(): Moved {
    this.#file.complete(this.#opened.own.number);
    this.#isComplete = true;

    return { kind: "unknown" };
  }

  /** A projection that throws stops its own list, at the last event that it could take. */
  #apply(events: readonly Event[]): boolean {
    if (events.length === 0) return false;
    const { table, number } = this.#opened.own;
    let reached = this.#position;
    let changed = false;
    let current: Event | undefined;
    const failure = this.#file.attempt(() => {
      for (const event of events) {
        current = event;
        changed = project(this.list, table, event) || changed;
        reached = event.metadata.position;
      }
      this.#file.advance(number, reached);
    });
    if (failure === undefined) {
      this.#position = reached;

      return changed;
    }
    if (!current || reached === current.metadata.position) throw failure;

    const done = this.#apply(events.filter(({ metadata }) => metadata.position <= reached));
    this.#stopped = stoppedAt(current, failure);

    return done;
  }
}

function stoppedAt(event: Event, failure: unknown): NonNullable<ListStatus["stopped"]> {
  const reason = failure instanceof Error ? failure.message : String(failure);

  return { event: nameOf(event), position: event.metadata.position, reason };
}
