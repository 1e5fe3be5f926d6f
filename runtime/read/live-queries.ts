import { difference, type AnsweredRow } from "./difference.ts";
import type { LiveChange } from "./read-model.ts";

interface LiveQuery {
  readonly number: number;
  readonly key: string;
  readonly list: string;
  readonly ask: () => readonly AnsweredRow[];
  answer: readonly AnsweredRow[];
  observers: number;
}

/** What is being observed: each distinct question once, with the answer that its observers have. */
export class LiveQueries {
  readonly #byKey = new Map<string, LiveQuery>();
  readonly #byNumber = new Map<number, LiveQuery>();
  #lastNumber = 0;

  /** One observer more of a question; `ask` answers it, where nobody has asked it before. */
  begin(list: string, key: string, ask: () => readonly AnsweredRow[]): { readonly live: number; readonly answer: readonly AnsweredRow[] } {
    let query = this.#byKey.get(key);
    if (!query) {
      query = { number: ++this.#lastNumber, key, list, ask, answer: ask(), observers: 0 };
      this.#byKey.set(key, query);
      this.#byNumber.set(query.number, query);
    }
    query.observers += 1;

    return { live: query.number, answer: query.answer };
  }

  find(live: number): { readonly list: string; readonly answer: readonly AnsweredRow[] } | undefined {
    return this.#byNumber.get(live);
  }

  end(live: number): void {
    const query = this.#byNumber.get(live);
    if (!query || --query.observers > 0) return;
    this.#byKey.delete(query.key);
    this.#byNumber.delete(live);
  }

  /** Asks again what the changed lists may answer differently now. `positions` says how far each of them has come. */
  refresh(positions: ReadonlyMap<string, number>): readonly LiveChange[] {
    const changed: LiveChange[] = [];
    for (const query of this.#byNumber.values()) {
      const to = positions.get(query.list);
      if (to === undefined) continue;
      const answer = query.ask();
      const changes = difference(query.answer, answer);
      query.answer = answer;
      if (changes !== undefined) changed.push({ live: query.number, changes, to });
    }

    return changed;
  }
}
