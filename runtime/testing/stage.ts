import type { Application } from "../application.ts";
import type { Event } from "../protocol/event.ts";
import type { Row } from "../protocol/query.ts";
import { anonymous, type User } from "../protocol/user.ts";
import { LocalReadModel } from "../read/local-read-model.ts";
import type { ListStatus } from "../read/read-model.ts";
import type { AnyList } from "../read/table.ts";
import type { EventLog } from "../store/event-log.ts";
import { openMemoryLog } from "../store/memory/log.ts";
import { applyAll, beforeTheFirstEvent, type AggregateState } from "../write/aggregate-state.ts";
import type { Answer } from "../write/answer.ts";
import { vocabulary, type Kind } from "../write/vocabulary.ts";
import { openWriteModel, type WriteModel } from "../write/write-model.ts";
import { FlowsOnStage } from "./flows-on-stage.ts";
import { HandTurnedClock } from "./hand-turned-clock.ts";
import { partsOf } from "./full-name.ts";

/** Which aggregate: its kind's full name, and its id. */
export interface Address {
  readonly kind: string;
  readonly id: string;
}

const mostRows = 1_000;

/** One application of its own, in memory: the real parts, on a clock that is turned by hand and with ids that count. */
export class Stage {
  readonly clock = new HandTurnedClock();
  readonly log: EventLog;
  /** What code threw since somebody looked. */
  readonly #faults: unknown[] = [];
  readonly #application: Application;
  readonly #kinds: ReadonlyMap<string, Kind>;
  readonly #lists: LocalReadModel;
  #write: WriteModel | undefined;
  #flows: FlowsOnStage | undefined;
  #ids = 0;
  #position = 0;

  private constructor(application: Application) {
    this.#application = application;
    this.log = openMemoryLog({ newId: this.newId });
    this.#kinds = kindsOf(application);
    this.#lists = openLists(application);
  }

  static async open(application: Application): Promise<Stage> {
    const stage = new Stage(application);
    const { clock, log, newId } = stage;
    const write = await openWriteModel(application.aggregates, log, {
      now: () => clock.now,
      newId,
      report: (fault) => stage.#faults.push(fault),
    });
    stage.#write = write;
    stage.#flows = await FlowsOnStage.open(application, { log, write, clock });
    stage.#lists.attach(await log.head());
    return stage;
  }

  readonly newId = (): string => `id-${++this.#ids}`;

  get flows(): FlowsOnStage {
    return this.#flows!;
  }

  kind(name: string): Kind {
    const kind = this.#kinds.get(name);
    if (kind === undefined) throw new Error(`The application has no ${name}; it was generated from another model.`);
    return kind;
  }

  async send(command: string, id: string, data: unknown, user: User): Promise<Answer> {
    const { context, aggregate, name } = partsOf(command);
    return this.#write!.handle({ id: this.newId(), context, aggregate, aggregateId: id, name, data }, user);
  }

  /** The aggregate as its events in the log make it, from the first one to that of the revision. */
  async stateOf({ kind, id }: Address, revision = Number.MAX_SAFE_INTEGER): Promise<AggregateState> {
    const { definition } = this.kind(kind);
    const { context, name } = definition;
    const history = await this.log.history({ context, aggregate: name, id }, 0);
    return applyAll(definition, beforeTheFirstEvent(definition, id), history.slice(0, revision));
  }

  eventsAfter(position: number): Promise<readonly Event[]> {
    return this.log.read(position, Number.MAX_SAFE_INTEGER);
  }

  async position(): Promise<number> {
    return (await this.log.head()).position;
  }

  /** The lists learn what has happened. Which of them could not go on. */
  async follow(): Promise<readonly ListStatus[]> {
    const { to, statuses } = this.#lists.apply(await this.eventsAfter(this.#position));
    this.#position = Math.max(this.#position, to);
    return statuses.filter(({ stopped }) => stopped !== undefined);
  }

  list(name: string): AnyList {
    const list = this.#application.lists.find((one) => one.name === name);
    if (list === undefined) throw new Error(`The application has no list ${name}; it was generated from another model.`);
    return list;
  }

  rows(list: string): readonly Row[] {
    return rowsOf(this.#lists, list);
  }

  /** The same lists, made anew from all events at once. */
  async rowsMadeAnew(): Promise<ReadonlyMap<string, readonly Row[]>> {
    const lists = openLists(this.#application);
    try {
      lists.attach(await this.log.head());
      lists.build(await this.eventsAfter(0), true);
      return new Map(this.#application.lists.map(({ name }) => [name, rowsOf(lists, name)]));
    } finally {
      lists.close();
    }
  }

  takeFaults(): readonly unknown[] {
    return this.#faults.splice(0);
  }

  async close(): Promise<void> {
    this.#lists.close();
    await this.#flows?.close();
    await this.log.close();
  }
}

/** Compiled once for each application: what fields have to be takes longer to work out than a story. */
function kindsOf(application: Application): ReadonlyMap<string, Kind> {
  const known = compiled.get(application);
  if (known !== undefined) return known;
  const words = vocabulary(application.aggregates);
  const kinds = new Map(
    application.aggregates.flatMap(({ context, name }) => {
      const kind = words.find(context, name);
      return kind === undefined ? [] : [[kind.name, kind] as const];
    }),
  );
  compiled.set(application, kinds);
  return kinds;
}

const compiled = new WeakMap<Application, ReadonlyMap<string, Kind>>();

/** A story looks at lists as they are, not as somebody sees them. */
function openLists({ lists }: Application): LocalReadModel {
  const open = lists.map((list) => ({ ...list, isAuthorized: { read: [{ who: "everyone" as const }] } }));
  return new LocalReadModel(":memory:", open);
}

function rowsOf(lists: LocalReadModel, list: string): readonly Row[] {
  const answer = lists.read({ list, query: { take: mostRows }, user: anonymous });
  if (answer.kind === "refused") throw new Error(answer.problem.detail);
  return JSON.parse(answer.rows) as readonly Row[];
}
