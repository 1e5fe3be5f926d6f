import { setTimeout } from "node:timers/promises";
import { auditPictures, auditTables, spoiltPictures, spoiltTables } from "./audit-lists.ts";
import type { Reading } from "./fault.ts";
import { Fold, type Asked } from "./fold.ts";
import type { ListTable } from "./list-tables.ts";
import { Observer } from "./observer.ts";
import type { EventRow } from "./tables.ts";

const questions: readonly Asked[] = [
  { list: "messages", query: { orderBy: { timestamp: "descending" }, take: 50 } },
  { list: "messages", query: { where: { likes: { atLeast: 2 } }, orderBy: { likes: "descending" }, take: 20 } },
  { list: "messages", query: { orderBy: { id: "ascending" }, take: 1_000 } },
  { list: "tally", query: { orderBy: { sender: "ascending" }, take: 100 } },
  { list: "tally", query: { where: { sender: "3" }, orderBy: { likes: "descending" }, take: 10 } },
];
const observersEach = 3;
const longestPatience = 30_000;

/** Where an auditor looks, past the runtime. */
export interface Ledgers {
  events(): Promise<readonly EventRow[]>;
  lists(): Promise<readonly ListTable[]>;
}

/** Everybody who reads while something is done to a server: observers of several questions, and an auditor who looks into the tables. */
export class Readers {
  readonly #ledgers: Ledgers;
  readonly #observers: readonly Observer[];
  readonly #found: string[] = [];

  /** `urlOf` says where the observers' server is at the moment. */
  constructor(ledgers: Ledgers, urlOf: () => string | undefined) {
    this.#ledgers = ledgers;
    this.#observers = questions.flatMap((asked) => Array.from({ length: observersEach }, () => new Observer(asked, urlOf)));
  }

  begin(): void {
    for (const observer of this.#observers) observer.begin();
  }

  end(): void {
    for (const observer of this.#observers) observer.end();
  }

  /** Each list has to be what the log makes of it, at whatever position it was left. */
  async lookIntoTables(): Promise<void> {
    const tables = await this.#ledgers.lists();
    this.#found.push(...auditTables(await this.#ledgers.events(), tables));
  }

  /** When nothing more happens: all that was found, once the observers had time to hear of the last event. */
  async reading(): Promise<Reading> {
    const events = await this.#ledgers.events();
    const last = new Fold(events).to(events.length);
    const late = () => this.#observers.filter(({ picture }) => auditPictures(events, [{ ...picture, position: last.position }]).length > 0);
    for (const end = performance.now() + longestPatience; late().length > 0 && performance.now() < end;) await setTimeout(50);
    await this.lookIntoTables();
    const pictures = this.#observers.map(({ picture }) => ({ ...picture, position: last.position }));
    const all = [...this.#observers.flatMap(({ pictures }) => pictures), ...pictures];
    const differences = [...this.#found, ...auditPictures(events, all), ...this.#observers.flatMap(({ wrong }) => wrong)];
    const tables = await this.#ledgers.lists();
    const overlooked = [
      ...(tables.some(({ position }) => position === events.length) ? [] : ["no table has come to the end"]),
      ...(this.#observers.some(({ resumed, resets }) => resumed + resets > 0) ? [] : ["no observer came back"]),
      ...spoiltTables(tables)
        .filter((wrong) => auditTables(events, wrong).length === 0)
        .map(() => "a spoilt table"),
      ...spoiltPictures(pictures)
        .filter((wrong) => auditPictures(events, wrong).length === 0)
        .map(() => "a spoilt picture"),
    ];
    this.end();
    return { differences, overlooked };
  }
}
