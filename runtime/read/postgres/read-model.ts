import type { Event } from "../../protocol/event.ts";
import { problem } from "../../protocol/problem.ts";
import type { PostgresAddress } from "../../store/postgres/address.ts";
import { Connections } from "../../store/postgres/connections.ts";
import { Locks } from "../../store/postgres/locks.ts";
import type { EventLog } from "../../store/event-log.ts";
import { Advice, largeFrom } from "../advice.ts";
import { attachToLog } from "../attach-to-log.ts";
import { asCandidate, jsonOf } from "../candidate.ts";
import { writeCursor } from "../cursor.ts";
import { LiveQueries } from "../live-queries.ts";
import { pause, wake } from "../pause.ts";
import { keyOf, markOf } from "../question-key.ts";
import type { Answer, Applied, Counted, ListStatus, LiveChange, LogHead, News, Observed, Question, ReadModel, Refused } from "../read-model.ts";
import type { AnyList } from "../table.ts";
import { readToken } from "../token.ts";
import { refusalToObserve, understand, type Understood } from "../understand.ts";
import { viewOf } from "../view-of.ts";
import { firstOf, type Candidate } from "../window.ts";
import { Generations, rightTo } from "./generations.ts";
import { Hints } from "./hints.ts";
import { ListAtWork, type Moved } from "./list-at-work.ts";
import { prepare } from "./schema.ts";

/** Something observed, and its first rows while they are on their way to it. */
interface Viewing {
  readonly question: Question;
  first: readonly Candidate[] | undefined;
}

const patience = 5_000;
/** So often a process that stands by tries to take a list over, and one that leads looks whether it still does. */
const betweenLooks = 500;
const longestWait = 250;

/** Lists in the schema of the log, which several processes share: for each list one of them applies the events, all of them answer and are observed. */
export async function openPostgresReadModel(
  address: PostgresAddress,
  lists: readonly AnyList[],
  log: Pick<EventLog, "read">,
): Promise<PostgresReadModel> {
  const connections = new Connections(address, patience);
  try {
    await prepare(connections, address);
  } catch (error) {
    await connections.close();
    throw error;
  }

  return new PostgresReadModel(connections, address, lists, log);
}

class PostgresReadModel implements ReadModel {
  readonly #connections: Connections;
  readonly #locks: Locks;
  readonly #hints: Hints;
  readonly #generations: Generations;
  readonly #log: Pick<EventLog, "read">;
  readonly #lists: ReadonlyMap<string, ListAtWork>;
  readonly #advice = new Advice();
  readonly #live = new LiveQueries();
  readonly #viewings = new Map<number, Viewing>();
  readonly #waiting = new Set<() => void>();
  #incarnation = "";
  #lastLook = 0;
  #isHinted = true;
  #turn: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(connections: Connections, address: PostgresAddress, lists: readonly AnyList[], log: Pick<EventLog, "read">) {
    this.#connections = connections;
    this.#locks = new Locks(address);
    this.#hints = new Hints(connections, address);
    this.#generations = new Generations(connections, address);
    this.#log = log;
    const world = { connections, generations: this.#generations, locks: this.#locks, rightTo: (number: number) => rightTo(address, number) };
    this.#lists = new Map(lists.map((list) => [list.name, new ListAtWork(list, world)]));
    this.#hints.listen(() => {
      this.#isHinted = true;
      wake(this.#waiting);
    });
  }

  attach(head: LogHead): Promise<readonly ListStatus[]> {
    const lists = [...this.#lists.values()].map(({ list }) => list);
    const attach = (log: LogHead) => this.#attach(log);
    const attachWithin = async (log: LogHead) => {
      const furthest = await this.#generations.furthest(lists, log);

      return furthest > log.position ? furthest : this.#attach(log);
    };

    return this.#inTurn(() => attachToLog({ attach, attachWithin }, this.#log, head));
  }

  apply(events: readonly Event[]): Promise<Applied> {
    return this.#inTurn(() => this.#step((list) => list.isFollowing, async () => events));
  }

  follow(_after: number, most: number): Promise<Applied> {
    return this.#inTurn(() => this.#step((list) => list.isFollowing, (position) => this.#log.read(position, most)));
  }

  build(events: readonly Event[], isEnd: boolean): Promise<Applied> {
    return this.#inTurn(() => this.#step((list) => list.isBuilding, async () => events, () => isEnd));
  }

  /** Where another process makes them, it is waited for a little. */
  async buildOn(_after: number, most: number): Promise<Applied> {
    const isBuilding = (list: ListAtWork) => list.isBuilding;
    const applied = await this.#inTurn(() =>
      this.#step(isBuilding, (position) => this.#log.read(position, most), (events) => events.length < most),
    );
    const others = [...this.#lists.values()].filter(isBuilding);
    if (others.length > 0 && others.every(({ isLed }) => !isLed) && !this.#closing) await pause(this.#waiting, longestWait);

    return applied;
  }

  read(question: Question): Promise<Answer | Refused> {
    return this.#answering(question, async (asking) => {
      const { query, answering, progress } = asking;
      const { found: rows, position } = await progress.snapshot((ask) => answering.table.rows(ask, asking, query.skip, query.take + 1));
      const last = rows.length > query.take ? rows[query.take - 1] : undefined;
      const advice = await this.#advise(asking);
      const cursor = last && writeCursor(asking.list, query.orderBy, last.cells);

      return {
        kind: "answer",
        rows: jsonOf(rows.slice(0, query.take).map(asCandidate)),
        position,
        ...(cursor !== undefined && { cursor }),
        ...(advice !== undefined && { advice }),
      };
    });
  }

  count(question: Question): Promise<Counted | Refused> {
    return this.#answering(question, async (asking) => {
      const { found: count, position } = await asking.progress.snapshot((ask) => asking.answering.table.count(ask, asking));

      return { kind: "counted", count, position };
    });
  }

  observe(question: Question, token?: string): Promise<Observed | Refused> {
    return this.#inTurn(() =>
      this.#answering(question, async (asking) => {
        const refusal = refusalToObserve(asking);
        if (refusal) return { kind: "refused", problem: refusal };
        const key = keyOf(question, asking);
        const { live, position } = await this.#begin(question, asking, key);
        const mark = markOf(this.#incarnation, asking.progress, key);
        const since = token === undefined ? undefined : readToken(token, mark);

        return { kind: "observed", live, position, mark, news: this.#newsOf(live, position, since) };
      }),
    );
  }

  current(live: number, since: number): Promise<{ readonly news: News; readonly position: number }> {
    return this.#inTurn(async () => {
      const { position } = this.#live.find(live)!;

      return { position, news: this.#newsOf(live, position, since) };
    });
  }

  async forget(live: number): Promise<void> {
    this.#live.end(live);
    for (const known of this.#viewings.keys()) if (!this.#live.find(known)) this.#viewings.delete(known);
  }

  onMoved(listener: () => void): () => void {
    return this.#hints.listen(listener);
  }

  /** Has a list made anew by whoever leads it. */
  replace(list: string): Promise<void> {
    return this.#generations.replace(list);
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    wake(this.#waiting);

    return this.#closing;
  }

  async #end(): Promise<void> {
    await this.#turn.catch(() => undefined);
    await this.#hints.close();
    await this.#locks.close();
    await this.#connections.close();
  }

  async #attach(log: LogHead): Promise<readonly ListStatus[]> {
    if (log.incarnation !== this.#incarnation) this.#live.forgetIdle();
    this.#incarnation = log.incarnation;
    for (const list of this.#lists.values()) await list.open(log);

    return this.#statuses();
  }

  async #advise(asking: Understood<ListAtWork>): Promise<string | undefined> {
    if (!this.#advice.isDue(asking)) return undefined;
    const { answering, progress } = asking;
    const { found: isSlow } = await progress.snapshot((ask) => answering.table.readsThrough(ask, asking, largeFrom));

    return isSlow ? this.#advice.tell(asking, progress.list.indexes) : undefined;
  }

  /** One after the other: what is observed begins between two steps, never in the middle of one. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);

    return turn;
  }

  /** First what others did, then what is ours to do. */
  async #step(
    takesPart: (list: ListAtWork) => boolean,
    eventsAfter: (position: number) => Promise<readonly Event[]>,
    isEnd: (events: readonly Event[]) => boolean = () => false,
  ): Promise<Applied> {
    const live: LiveChange[] = [];
    const before = this.#furthest();
    await this.#look(live);
    const partners = [...this.#lists.values()].filter((list) => list.isLed && takesPart(list));
    const events = partners.length > 0 ? await eventsAfter(Math.min(...partners.map(({ position }) => position))) : [];
    const moves = await Promise.all(partners.map(async (list) => [list, await list.advance(events, isEnd(events))] as const));
    for (const [list, moved] of moves) live.push(...(await this.#refresh(list, moved)));
    if (moves.some(([list, { kind }]) => kind !== "nothing" || list.status.stopped) || events.length > 0) this.#hints.send();
    const after = this.#furthest();

    return { to: events.at(-1)?.metadata.position ?? (after > before ? after : 0), statuses: this.#statuses(), live };
  }

  #furthest(): number {
    return Math.max(0, ...[...this.#lists.values()].map(({ position }) => position));
  }

  /** Who leads all lists looks now and then, anybody else whenever somebody may have moved one. */
  async #look(live: LiveChange[]): Promise<void> {
    const lists = [...this.#lists.values()];
    const isDue = performance.now() - this.#lastLook > betweenLooks;
    if (isDue) for (const list of lists) await list.lead();
    if (lists.length === 0 || (!isDue && !this.#isHinted && lists.every(({ isLed }) => isLed))) return;
    if (isDue) this.#lastLook = performance.now();
    this.#isHinted = false;
    const numbers = lists.map(({ number }) => number);
    const found = await this.#generations.look(numbers);
    for (const list of lists) {
      const moved = await list.look(found.get(list.number), this.#live.observes(list.list.name));
      live.push(...(await this.#refresh(list, moved)));
    }
    // Of a generation that is new, nobody may be the leader yet.
    if (lists.some(({ number }, index) => number !== numbers[index])) this.#lastLook = 0;
  }

  async #refresh({ list, answering }: ListAtWork, moved: Moved): Promise<readonly LiveChange[]> {
    if (!answering || !this.#live.observes(list.name)) return [];
    const { position } = answering;
    const rows = moved.kind === "touched" ? new Map([...moved.rows].map(([id, stored]) => [id, stored && asCandidate(stored)])) : undefined;
    const changed = moved.kind === "nothing" ? [] : this.#live.refresh(list.name, rows, position);

    return [...changed, ...(await this.#renew(list.name, position))];
  }

  /** Fetches what windows want that ran empty. What cannot be had now is tried again at the next step. */
  async #renew(list: string, position: number): Promise<readonly LiveChange[]> {
    const changes: LiveChange[] = [];
    for (const { live, wanted } of this.#live.wanting(list)) {
      const viewing = this.#viewings.get(live);
      if (!viewing) continue;
      const first = await this.#first(viewing.question, wanted).catch(() => undefined);
      if (!first) continue;
      viewing.first = first.found;
      const change = this.#live.renew(live, Math.max(position, first.position));
      if (change) changes.push(change);
    }

    return changes;
  }

  /** The list may be in another generation by now, in which its columns are called otherwise. */
  async #first(question: Question, count: number): Promise<{ readonly found: readonly Candidate[]; readonly position: number } | undefined> {
    const asking = understand(question, this.#lists);
    if (asking.kind === "refused") return undefined;

    return asking.progress.snapshot(async (ask) => (await asking.answering.table.rows(ask, asking, 0, count)).map(asCandidate));
  }

  async #begin(question: Question, asking: Understood<ListAtWork>, key: string): Promise<{ readonly live: number; readonly position: number }> {
    const first = this.#live.has(key) ? undefined : await this.#first(question, firstOf(asking.query));
    const viewing: Viewing = { question, first: first?.found };
    const view = viewOf(asking, () => {
      const { first: fetched } = viewing;
      viewing.first = undefined;

      return fetched;
    });
    const begun = this.#live.begin(asking.progress.list.name, key, view, first?.position ?? asking.answering.position);
    if (!this.#viewings.has(begun.live)) this.#viewings.set(begun.live, viewing);

    return begun;
  }

  #newsOf(live: number, position: number, since: number | undefined): News {
    const query = this.#live.find(live)!;
    const known = since === undefined || since > position ? undefined : query.since(since);

    return known ? { changes: known.changes, from: since! } : { rows: jsonOf(query.answer) };
  }

  async #answering<Result>(question: Question, answer: (asking: Understood<ListAtWork>) => Promise<Result | Refused>): Promise<Result | Refused> {
    const asking = understand(question, this.#lists);
    if (asking.kind === "refused") return asking;
    try {
      return await answer(asking);
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (isForeignValue(code)) return refused("not-valid", `The query to ${asking.list} cannot be answered: it has a value that no row can have.`);
      if (code !== undefinedTable) throw error;
      return refused("unavailable", `The list ${asking.list} has been made anew meanwhile; ask again.`);
    }
  }

  #statuses(): readonly ListStatus[] {
    return [...this.#lists.values()].map(({ status }) => status);
  }
}

const undefinedTable = "42P01";

/** Such as a character that PostgreSQL has not, or a number that is too large. */
const isForeignValue = (code: unknown): boolean => typeof code === "string" && code.startsWith("22");

const refused = (type: "not-valid" | "unavailable", detail: string): Refused => ({ kind: "refused", problem: problem(type, detail) });
