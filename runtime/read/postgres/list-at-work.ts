import type { Event } from "../../protocol/event.ts";
import type { Connections, Query, Statement } from "../../store/postgres/connections.ts";
import type { Locks } from "../../store/postgres/locks.ts";
import type { Cells } from "../holds.ts";
import { nameOf, project } from "../projection.ts";
import type { ListStatus, LogHead } from "../read-model.ts";
import type { AnyList, Stored } from "../table.ts";
import type { AskedList } from "../understand.ts";
import { replaced, type Generation, type Generations, type Opened } from "./generations.ts";
import { rowOf, type ListTable } from "./list-table.ts";
import { RowsInHand } from "./rows-in-hand.ts";

export interface ListWorld {
  readonly connections: Connections;
  readonly generations: Generations;
  readonly locks: Pick<Locks, "take" | "holds">;
  rightTo(generation: number): string;
}

/** What happened to a list: which rows may be different, and what they are now, as far as that is known. */
export type Moved =
  | { readonly kind: "nothing" }
  | { readonly kind: "touched"; readonly rows: ReadonlyMap<string, Stored | undefined> }
  | { readonly kind: "unknown" };

const nothing: Moved = { kind: "nothing" };
const unknown: Moved = { kind: "unknown" };

interface Reached {
  readonly position: number;
  readonly isComplete: boolean;
  readonly stopped?: NonNullable<ListStatus["stopped"]>;
}

const mostInHand = 50_000;
const mostAtOnce = 100;
/** More changes than these are not told row by row. */
const mostTold = 2_000;
/** So many steps are remembered for those who are behind, and as many again at most. */
const mostSteps = 200;

/** Somebody else has moved the list since. */
class Overtaken extends Error {}

/** One list on its way along the log: as this process brings it there, or as it sees another one do so. */
export class ListAtWork implements AskedList {
  readonly list: AnyList;
  readonly #world: ListWorld;
  #incarnation = "";
  #opened!: Opened;
  #reached: Reached = { position: 0, isComplete: false };
  #hand!: RowsInHand;
  /** Whether it is tried again to go on where somebody could not. */
  #tries = false;
  #steps: number[] = [];

  constructor(list: AnyList, world: ListWorld) {
    this.list = list;
    this.#world = world;
  }

  get number(): number {
    return this.#opened.own.number;
  }

  get position(): number {
    return this.#reached.position;
  }

  /** Whether this process is the one that applies events to it. */
  get isLed(): boolean {
    return this.#world.locks.holds(this.#right);
  }

  get isBuilding(): boolean {
    return !this.#reached.isComplete && !this.#reached.stopped;
  }

  get isFollowing(): boolean {
    return this.#reached.isComplete && !this.#reached.stopped;
  }

  get answering(): { readonly table: ListTable; readonly position: number } | undefined {
    const { isComplete, position, stopped } = this.#reached;
    if (stopped) return undefined;

    return isComplete ? { table: this.#opened.table, position } : this.#opened.standIn;
  }

  get isStandIn(): boolean {
    return !this.#reached.isComplete;
  }

  get status(): ListStatus {
    const { position, isComplete, stopped } = this.#reached;
    const building = { position, answers: this.#opened.standIn !== undefined };

    return {
      list: this.list.name,
      ...(this.list.was && { was: this.list.was }),
      position: this.answering?.position ?? position,
      ...(!this.isLed && { standsBy: true as const }),
      ...(!isComplete && { building }),
      ...(stopped && { stopped }),
    };
  }

  async open(log: LogHead): Promise<void> {
    this.#incarnation = log.incarnation;
    this.#take(await this.#world.generations.open(this.list, log));
    this.#tries = await this.lead();
    if (this.#tries) this.#reach(this.#reached);
  }

  /** Whether this process is the one that applies events from now on. What kept another one from going on is tried again. */
  async lead(): Promise<boolean> {
    const was = this.isLed;
    const isLed = await this.#world.locks.take(this.#right);
    if (isLed && !was) {
      this.#tries = true;
      this.#forget();
      this.#steps = [this.position];
    }

    return isLed;
  }

  /** Takes over what others have done to it, who left it like this. */
  async look(now: Generation | undefined, isObserved: boolean): Promise<Moved> {
    if (now === undefined || now.digest === replaced) return this.#openAgain();
    const { position, isComplete } = this.#reached;
    if (now.position === position && now.isComplete === isComplete) {
      this.#reach(now);
      return nothing;
    }
    this.#forget();
    if (isObserved && isComplete && now.position > position) return this.#lookClosely(position);
    this.#reach(now);

    return now.isComplete ? unknown : nothing;
  }

  /** What is found at one moment, and how far the rows that answer have come by then. */
  snapshot<Found>(work: (query: Query) => Promise<Found>): Promise<{ readonly found: Found; readonly position: number }> {
    const known = this.answering?.position ?? this.position;

    return this.#world.connections.transaction(async (query) => {
      const [, [own], found] = await Promise.all([query(atOneMoment), query({ ...ownState, values: [this.number] }), work(query)]);

      return { found, position: this.#reached.isComplete && own !== undefined ? Number(own[0]) : known };
    });
  }

  /** Applies the events that it does not have yet, if this process leads. `isEnd`: there were no more in the log. */
  async advance(events: readonly Event[], isEnd = false): Promise<Moved> {
    if (!this.isBuilding && !this.isFollowing) return nothing;
    const isDone = isEnd && this.isBuilding;
    const fresh = events.filter(({ metadata }) => metadata.position > this.position);
    if (fresh.length === 0 && !isDone) return nothing;
    // It may be in another generation by now, which has to have what comes before these events first.
    if (fresh.length > 0 && fresh[0]!.metadata.position > this.position + 1) return nothing;
    try {
      const reached = await this.#project(fresh);
      return await this.#commit({ ...reached, isComplete: this.#reached.isComplete || (isDone && !reached.stopped) });
    } catch (error) {
      this.#forget();
      if (error instanceof Overtaken) return this.look(await this.#ownState(), true);
      if (!isRefusal(error)) throw error;
      return this.#advanceCarefully(fresh, isEnd, error);
    }
  }

  get #right(): string {
    return this.#world.rightTo(this.number);
  }

  #take(opened: Opened): void {
    this.#opened = opened;
    this.#reach(opened.own);
    this.#forget();
  }

  #reach({ position, isComplete, stopped }: Reached): void {
    this.#reached = { position, isComplete, ...(stopped && !this.#tries && { stopped }) };
  }

  /** What is in hand may not be so any more. */
  #forget(): void {
    this.#hand = new RowsInHand(this.#opened.table.columns);
  }

  async #ownState(): Promise<Generation | undefined> {
    return (await this.#world.generations.look([this.number])).get(this.number);
  }

  async #openAgain(): Promise<Moved> {
    const again = await this.#world.generations.reopen(this.list, this.#incarnation);
    if (again) {
      this.#tries = false;
      this.#take(again);
      return unknown;
    }
    const { position, isComplete } = this.#reached;
    const reason = "another version of the application has made this list anew, in the same database";
    this.#reached = { position, isComplete, stopped: { position, reason } };

    return unknown;
  }

  /** What happened since, and the rows as of the same moment. */
  async #lookClosely(since: number): Promise<Moved> {
    const { table } = this.#opened;
    const found = await this.#world.connections.transaction(async (query) => {
      const [, [own], steps] = await Promise.all([
        query(atOneMoment),
        query({ ...ownState, values: [this.number] }),
        query({ ...stepsSince, values: [this.number, since] }),
      ]);
      const isTold = own !== undefined && Number(own[1]) <= since && steps.every(([ids]) => ids !== null);
      const ids = isTold ? [...new Set(steps.flatMap(([ids]) => JSON.parse(ids!) as string[]))] : undefined;

      return { position: Number(own?.[0] ?? since), ids, rows: ids?.length ? await table.find(query, ids) : [] };
    });
    this.#reach({ position: found.position, isComplete: true });
    if (found.ids === undefined) return unknown;
    const rows = new Map(found.rows.map((stored) => [stored.row.id, stored]));

    return { kind: "touched", rows: new Map(found.ids.map((id) => [id, rows.get(id)])) };
  }

  /** Runs the projections on what is in hand, until nothing is missing there that they ask for. */
  async #project(events: readonly Event[]): Promise<Omit<Reached, "isComplete">> {
    for (;;) {
      const reached = this.#tryAll(events);
      if (!this.#hand.wants) return reached;
      this.#hand.goBack(0);
      await this.#fetch();
    }
  }

  /** As soon as something is missing, the rest is only run to learn what else is. A projection that throws stops its list before the event. */
  #tryAll(events: readonly Event[]): Omit<Reached, "isComplete"> {
    let { position } = this;
    for (const event of events) {
      const { moment } = this.#hand;
      try {
        project(this.list, this.#hand, event);
        position = event.metadata.position;
      } catch (error) {
        if (this.#hand.wants) continue;
        this.#hand.goBack(moment);
        return { position, stopped: stoppedAt(event, error) };
      }
    }

    return { position };
  }

  async #fetch(): Promise<void> {
    const { table } = this.#opened;
    const wanted = this.#hand.takeWanted();
    const query: Query = (statement) => this.#world.connections.read(statement);
    for (let done = 0; done < wanted.length; done += mostAtOnce) {
      const some = wanted.slice(done, done + mostAtOnce);
      const found = await table.matching(query, { kind: "any", of: some });
      for (const where of some) this.#hand.fetched(where, found);
    }
  }

  /** Rows, what is told of them, and how far the list has come, in one transaction, if it was where we think. Nobody waits for the disk: the log has everything. */
  async #commit(reached: Reached): Promise<Moved> {
    const { position, isComplete, stopped } = reached;
    const changes = this.#hand.takeChanges();
    const tells = this.#reached.isComplete && changes.size > 0;
    const values = [this.number, this.position, position, isComplete, stopped ? JSON.stringify(stopped) : null];
    await this.#world.connections.transactionOnce(async (query) => {
      const [moved] = await Promise.all([
        query({ ...advance, values }),
        ...this.#writing(changes).map(query),
        ...(tells ? this.#telling(position, [...changes.keys()]).map(query) : []),
      ]);
      if (moved.length !== 1) throw new Overtaken();
    });
    const wasComplete = this.#reached.isComplete;
    this.#tries = false;
    this.#reach(reached);
    if (this.#hand.size > mostInHand) this.#forget();
    if (isComplete && !wasComplete) return unknown;

    return changes.size === 0 || !isComplete ? nothing : { kind: "touched", rows: this.#storedFrom(changes) };
  }

  #writing(changes: ReadonlyMap<string, Cells | null>): readonly Statement[] {
    const { table } = this.#opened;
    const put = [...changes.values()].filter((cells) => cells !== null);
    const removed = [...changes].flatMap(([id, cells]) => (cells === null ? [id] : []));

    return [...(removed.length > 0 ? [table.removing(removed)] : []), ...(put.length > 0 ? [table.putting(put)] : [])];
  }

  #telling(position: number, ids: readonly string[]): readonly Statement[] {
    const told = ids.length > mostTold ? null : JSON.stringify(ids);
    const telling = { ...tell, values: [this.number, position, told] };
    this.#steps.push(position);
    if (this.#steps.length <= 2 * mostSteps) return [telling];
    const [forgotten] = this.#steps.splice(0, mostSteps).slice(-1);

    return [
      telling,
      { text: "DELETE FROM list_changes WHERE generation = $1 AND position <= $2", values: [this.number, forgotten] },
      { text: "UPDATE list_generations SET forgotten = $2 WHERE number = $1", values: [this.number, forgotten] },
    ];
  }

  #storedFrom(changes: ReadonlyMap<string, Cells | null>): ReadonlyMap<string, Stored | undefined> {
    const { columns } = this.#opened.table;

    return new Map([...changes].map(([id, cells]) => [id, cells === null ? undefined : { cells, row: rowOf(columns, cells) }]));
  }

  /** The database refused something of what the events lead to: with fewer of them at a time, until it is known of which. */
  async #advanceCarefully(events: readonly Event[], isEnd: boolean, refusal: Error): Promise<Moved> {
    if (events.length <= 1) {
      const [event] = events;
      if (event === undefined) throw refusal;
      return this.#commit({ ...this.#reached, stopped: stoppedAt(event, refusal) });
    }
    const half = events.length >> 1;
    const first = await this.advance(events.slice(0, half));
    const second = await this.advance(events.slice(half), isEnd);

    return first.kind === "nothing" ? second : second.kind === "nothing" ? first : unknown;
  }
}

const advance = {
  name: "lists_advance",
  text: `WITH hurry AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    UPDATE list_generations SET position = $3, complete = $4, stopped = $5 FROM hurry
    WHERE number = $1 AND position = $2 AND digest <> '${replaced}' RETURNING number`,
};
const tell = {
  name: "lists_tell",
  text: `INSERT INTO list_changes VALUES ($1, $2, $3) ON CONFLICT (generation, position) DO UPDATE SET ids = NULL`,
};
const atOneMoment = { text: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY" };
const ownState = { name: "lists_own_state", text: "SELECT position, forgotten FROM list_generations WHERE number = $1" };
const stepsSince = { name: "lists_steps", text: "SELECT ids FROM list_changes WHERE generation = $1 AND position > $2 ORDER BY position" };

function stoppedAt(event: Event, failure: unknown): NonNullable<ListStatus["stopped"]> {
  const reason = failure instanceof Error ? failure.message : String(failure);

  return { event: nameOf(event), position: event.metadata.position, reason };
}

/** Whether what was to be stored is at fault: a value that its column does not take, or that is too long for an index. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && /^(22|23|54)/.test(String((error as { readonly code?: unknown }).code));
}
