import { problem, type Problem } from "../protocol/problem.ts";
import type { ListStatus, LiveChange } from "./read-model.ts";
import { stoppedSentence } from "./stopped-sentence.ts";

/** Hears what happens to something it observes. */
export interface Observer {
  /** The same `change` goes to all who observe the same; `from` is the position of what this one heard last. */
  changed(change: LiveChange, from: number): void;
  /** Nothing comes any more. */
  failed(problem: Problem): void;
}

export interface Watch {
  readonly observer: Observer;
  readonly list: string;
  /** The position of what it heard last. */
  position: number;
}

/** Who observes what. */
export class Watches {
  readonly #byLive = new Map<number, Set<Watch>>();

  get areNone(): boolean {
    return this.#byLive.size === 0;
  }

  get count(): number {
    return [...this.#byLive.values()].reduce((count, { size }) => count + size, 0);
  }

  /** Whether one question more, where it is one more, would be more than so many. */
  areFullFor(live: number, most: number): boolean {
    return this.#byLive.size >= most && !this.#byLive.has(live);
  }

  begin(live: number, watch: Watch): void {
    this.#byLive.set(live, (this.#byLive.get(live) ?? new Set()).add(watch));
  }

  /** Whether it was there. */
  end(live: number, watch: Watch): boolean {
    const watches = this.#byLive.get(live);
    if (!watches?.delete(watch)) return false;
    if (watches.size === 0) this.#byLive.delete(live);

    return true;
  }

  tell(change: LiveChange): void {
    for (const watch of this.#byLive.get(change.live) ?? []) {
      const from = watch.position;
      if (change.to <= from) continue;
      watch.position = change.to;
      watch.observer.changed(change, from);
    }
  }

  /** To who observes a list that stopped, that nothing will come. */
  fail(status: ListStatus): void {
    const found = problem("unavailable", stoppedSentence(status) ?? `The list ${status.list} is not there.`);
    for (const watches of [...this.#byLive.values()])
      for (const watch of [...watches]) if (watch.list === status.list) watch.observer.failed(found);
  }
}
