import type { Query, Row } from "../protocol/query.ts";
import type { Lists } from "../read/lists.ts";
import type { Question } from "../read/read-model.ts";
import { isRefusal, refusals, type Refusal } from "./refusal.ts";

/** Items as JSON texts. */
export interface Page {
  readonly items: readonly string[];
  /** Where the next one begins. */
  readonly cursor?: string | undefined;
}

/** A question to one of our lists, and how many of its rows are wanted, which may be more than a page holds. */
export interface Wanted {
  readonly question: Question & { readonly query: Query };
  readonly take: number;
}

/** Of our own, so that one answer does not keep the others waiting. */
const mostOnPage = 1_000;

export const onPage = (take: number): number => Math.min(take, mostOnPage);

/** Writes a row of a list as JSON text. */
export type WriteRow = (list: string, row: Row) => string;

/** Reads lists for the old clients. All who follow one ask again at the same moment: the same question is then read once. */
export class ListPages {
  readonly #lists: Lists;
  readonly #write: WriteRow;
  readonly #reading = new Map<string, Promise<Page | Refusal>>();
  /** The last position of the log that anybody has heard of: whoever reads a list has to find it there. */
  #lastTold = 0;

  constructor(lists: Lists, write: WriteRow) {
    this.#lists = lists;
    this.#write = write;
  }

  /** Somebody has heard of what happened at this position. */
  told(position: number): void {
    this.#lastTold = Math.max(this.#lastTold, position);
  }

  /** Reads all that is wanted, page by page. A list that somebody may not see is empty to them, as it was. */
  async read(wanted: Wanted): Promise<AsyncGenerator<readonly string[]> | Refusal> {
    const first = await this.#page(wanted.question);

    return isRefusal(first) ? first : this.#from(first, wanted);
  }

  async *#from(first: Page, { question, take }: Wanted): AsyncGenerator<readonly string[]> {
    const { where = {}, orderBy = {} } = question.query;
    let page = first;
    let left = take - page.items.length;
    yield page.items;
    while (page.cursor !== undefined && left > 0) {
      const next = await this.#page({ ...question, query: { where, orderBy, take: onPage(left), cursor: page.cursor } });
      if (isRefusal(next)) throw new Error(`The list ${question.list} could be read only in part.`);
      page = next;
      left -= page.items.length;
      yield page.items;
    }
  }

  #page(question: Question): Promise<Page | Refusal> {
    const key = JSON.stringify([question, this.#lastTold]);
    let reading = this.#reading.get(key);
    if (!reading) {
      reading = this.#readPage(question).finally(() => this.#reading.delete(key));
      this.#reading.set(key, reading);
    }

    return reading;
  }

  /** Whoever has heard of an event finds in the list what it led to; where that takes too long, the list as it is. */
  async #readPage(question: Question): Promise<Page | Refusal> {
    let answer = await this.#lists.read(question, this.#lastTold);
    if (answer.kind === "refused" && answer.problem.type === "unavailable") answer = await this.#lists.read(question);
    if (answer.kind === "answer") {
      const rows = JSON.parse(answer.rows) as readonly Row[];

      return { items: rows.map((row) => this.#write(question.list, row)), cursor: answer.cursor };
    }
    if (answer.problem.type === "not-allowed") return { items: [] };

    return answer.problem.type === "not-valid" ? refusals.invalidQuery : refusals.notLoaded;
  }
}
