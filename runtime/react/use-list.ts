import { useCallback, useSyncExternalStore } from "react";
import type { AnyRow } from "../client/changes.ts";
import type { List, ListQuery, NamedQuestion } from "../client/list.ts";
import type { LiveList } from "../client/live-list.ts";
import { questionKeyOf } from "../client/question-key.ts";
import { join, loading, stateOf, type ListState } from "./list-state.ts";

/**
 * A list as it is, kept up to date while the component is there:
 *
 *     const { rows, isLoading, problem } = useList(chat.lists.messages, { orderBy: { timestamp: "descending" }, take: 50 });
 *     const { rows } = useList(shop.lists.orders.openOrders());
 *
 * Queries are compared by what they say, so they may be written where they are used. Without a list, and on a server, it is loading.
 */
export function useList<R extends AnyRow>(list: List<R> | undefined, query?: ListQuery<R>): ListState<R>;
export function useList<R extends AnyRow>(question: NamedQuestion<R> | undefined): ListState<R>;
export function useList<R extends AnyRow>(asked: List<R> | NamedQuestion<R> | undefined, query?: ListQuery<R>): ListState<R> {
  const { list, text } = questionKeyOf(asked ?? nothing);
  const key = `${text} ${JSON.stringify(query ?? {})}`;
  const subscribe = useCallback(
    (changed: () => void) => (asked ? join(list, key, () => observe(asked, query), changed) : () => {}),
    [list, key],
  );
  const state = useSyncExternalStore(
    subscribe,
    () => stateOf(list, key),
    () => loading,
  );

  // What was asked of this list has the rows of this list.
  return state as ListState<R>;
}

const nothing = {};

function observe<R extends AnyRow>(asked: List<R> | NamedQuestion<R>, query: ListQuery<R> | undefined): LiveList<R> {
  return isList(asked) ? asked.readAndObserve(query) : asked.readAndObserve();
}

const isList = <R extends AnyRow>(asked: List<R> | NamedQuestion<R>): asked is List<R> => questionKeyOf(asked).list === asked;
