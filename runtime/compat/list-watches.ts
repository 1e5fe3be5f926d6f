import type { Changes, Row } from "../protocol/query.ts";
import type { Lists, Observation } from "../read/lists.ts";
import type { LiveChange, Question } from "../read/read-model.ts";
import { rowEvent, type IsAuthorized, type RowChange, type Stamp, type WireEvent, type WriteEvent } from "./wire-event.ts";

/** Something that happened to a row, put for the old clients. */
export interface ToldChange {
  readonly event: WireEvent;
  /** The same as JSON text. */
  readonly text: string;
  /** Which row of which list, and as of which position of the log: the same however many questions it is found by. */
  readonly list: string;
  readonly rowId: string;
  readonly position: number;
}

export type Hear = (changes: readonly ToldChange[]) => void;

/** What events about rows are made with. */
export interface Making {
  /** The id and the time of something that is made up now. */
  stamp(): Stamp;
  /** For whom the rows of a list are, as far as that can be said of them all. */
  openTo(list: string): IsAuthorized;
  readonly write: WriteEvent;
}

export interface Watching {
  /** Whether there is no row that its user may see and that is not watched. */
  readonly isWhole: boolean;
  end(): void;
}

/** As much of a list as can be watched at once. */
export const beginning = { take: 1_000 } as const;

type Changed = Pick<LiveChange, "changes" | "to">;

/** Answers to questions, watched once for all users who ask the same and see the same. */
export class ListWatches {
  readonly #lists: Lists;
  readonly #making: Making;
  readonly #watches = new Map<string, Watch>();

  constructor(lists: Lists, making: Making) {
    this.#lists = lists;
    this.#making = making;
  }

  /** Resolves when no change is missed from now on. Who may not see the list never hears of it. */
  async begin(question: Question, hear: Hear): Promise<Watching> {
    const { list, query, user } = question;
    const key = JSON.stringify([list, query, user]);
    let watch = this.#watches.get(key);
    if (!watch) {
      watch = new Watch(question, this.#making, () => this.#watches.delete(key));
      this.#watches.set(key, watch);
      watch.start(this.#lists);
    }
    const { hearers } = watch;
    hearers.add(hear);
    await watch.begun;

    return {
      get isWhole() {
        return watch.isWhole;
      },
      end() {
        hearers.delete(hear);
        if (hearers.size === 0) watch.end();
      },
    };
  }
}

/** One question as it is watched. */
class Watch {
  readonly hearers = new Set<Hear>();
  begun: Promise<void> = Promise.resolve();
  readonly #question: Question;
  readonly #making: Making;
  readonly #forget: () => void;
  readonly #early: Changed[] = [];
  #ids: Set<string> | undefined;
  #observation: Observation | undefined;
  #hasEnded = false;

  constructor(question: Question, making: Making, forget: () => void) {
    this.#question = question;
    this.#making = making;
    this.#forget = forget;
  }

  get isWhole(): boolean {
    return this.#question.query === beginning && (this.#ids?.size ?? 0) < beginning.take;
  }

  start(lists: Lists): void {
    this.begun = this.#observe(lists).catch((fault: unknown) => {
      this.end();
      throw fault;
    });
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#forget();
    this.#observation?.end();
  }

  async #observe(lists: Lists): Promise<void> {
    const answer = await lists.observe(this.#question, { changed: (change) => this.#take(change), failed: () => this.end() });
    if (answer.kind === "refused") return this.end();
    this.#observation = answer;
    if (this.#hasEnded) return answer.end();
    const rows = "rows" in answer.news ? (JSON.parse(answer.news.rows) as readonly Row[]) : [];
    this.#ids = new Set(rows.map(({ id }) => id));
    for (const changed of this.#early.splice(0)) this.#take(changed);
  }

  #take(changed: Changed): void {
    const ids = this.#ids;
    if (!ids) return void this.#early.push(changed);
    const wasWhole = this.isWhole;
    const { removed, put } = JSON.parse(changed.changes) as Changes;
    const told = [
      ...removed.map((rowId) => this.#told({ name: wasWhole ? "removed" : "updated", rowId }, changed)),
      ...put.map(({ row }) => this.#told({ name: wasWhole && !ids.has(row.id) ? "added" : "updated", rowId: row.id, row }, changed)),
    ];
    for (const rowId of removed) ids.delete(rowId);
    for (const { row } of put) ids.add(row.id);
    for (const hear of [...this.hearers]) hear(told);
  }

  #told(change: Omit<RowChange, "list">, { to: position }: Changed): ToldChange {
    const { list } = this.#question;
    const event = rowEvent(this.#making.stamp(), { ...change, list });

    return { event, text: this.#making.write(event, this.#making.openTo(list)), list, rowId: change.rowId, position };
  }
}
