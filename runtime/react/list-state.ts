import type { AnyRow } from "../client/changes.ts";
import type { Failure } from "../client/failure.ts";
import type { LiveList } from "../client/live-list.ts";

/** What a component knows of a list. It is another object exactly when something has changed. */
export interface ListState<R extends AnyRow> {
  /** None while they are on their way, and where they cannot be had. */
  readonly rows: readonly R[];
  readonly isLoading: boolean;
  /** Why the rows are not kept up to date any more. */
  readonly problem: Failure | undefined;
}

export const loading: ListState<never> = { rows: [], isLoading: true, problem: undefined };

interface Shared {
  state: ListState<AnyRow>;
  readonly listeners: Set<() => void>;
  readonly live: LiveList<AnyRow>;
}

/** By the list and what is asked of it: all components that ask the same share one observation, and so never show different answers. */
const shared = new WeakMap<object, Map<string, Shared>>();

/** The state of what is observed now; `loading` where nobody does. */
export function stateOf(list: object, asked: string): ListState<AnyRow> {
  return shared.get(list)?.get(asked)?.state ?? loading;
}

/** Begins the observation, or joins it. Returns what leaves it; who leaves last ends it. */
export function join(list: object, asked: string, begin: () => LiveList<AnyRow>, listener: () => void): () => void {
  const all = shared.get(list) ?? new Map<string, Shared>();
  shared.set(list, all);
  const one = all.get(asked) ?? observe(begin());
  all.set(asked, one);
  one.listeners.add(listener);

  return () => {
    one.listeners.delete(listener);
    if (one.listeners.size > 0) return;
    one.live.cancel();
    all.delete(asked);
  };
}

function observe(live: LiveList<AnyRow>): Shared {
  const one: Shared = { state: loading, listeners: new Set(), live };
  const become = (state: ListState<AnyRow>) => {
    one.state = state;
    for (const listener of one.listeners) listener();
  };
  const show = (rows: readonly AnyRow[]) => become({ rows, isLoading: false, problem: undefined });
  live
    .started(show)
    .updated(show)
    .failed((problem) => become({ rows: one.state.rows, isLoading: false, problem }));

  return one;
}
