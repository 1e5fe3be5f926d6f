import type { ListRequest } from "../protocol/socket.ts";
import { difference, type AnyRow, type RowChanges } from "./changes.ts";
import type { Failure } from "./failure.ts";
import { observeRows } from "./observe-rows.ts";
import { pull } from "./pull.ts";
import type { Wire } from "./wire.ts";

/** A list as it is, and how it became so since the picture before; the first picture puts every row. */
export interface Picture<R extends AnyRow> {
  readonly rows: readonly R[];
  readonly changes: RowChanges<R>;
}

/** Whoever asks for pictures more slowly than they come gets the latest, with all changes since the last one seen. */
export function pictures<R extends AnyRow>(wire: Wire, asking: ListRequest, signal?: AbortSignal): AsyncIterable<Picture<R>> {
  return pull(({ news, ended, failed }) => {
    let seen: readonly R[] | undefined;
    let latest: Picture<R> | undefined;

    const stop = observeRows<R>(wire, asking, {
      started(rows) {
        latest = { rows, changes: difference([], rows) };
        news();
      },
      updated(rows, changes) {
        latest = { rows, changes: latest ? difference(seen ?? [], rows) : changes };
        news();
      },
      failed,
      closed: ended,
    });

    function take() {
      const picture = latest;
      if (picture) seen = picture.rows;
      latest = undefined;

      return picture;
    }

    return { take, stop };
  }, signal);
}

/** A list that is read once and then kept up to date, told by callbacks. */
export interface LiveList<R extends AnyRow> {
  failed(handler: (error: Failure) => void): LiveList<R>;
  /** The rows as they are at first. `cancel` ends the observation. */
  started(handler: (rows: readonly R[], cancel: () => void) => void): LiveList<R>;
  /** All rows after each change, and what changed. */
  updated(handler: (rows: readonly R[], cancel: () => void, changes: RowChanges<R>) => void): LiveList<R>;
  cancel(): void;
}

/** Begins by itself, as soon as the callbacks that are chained to it are in place. */
export function liveList<R extends AnyRow>(wire: Wire, asking: ListRequest, signal?: AbortSignal): LiveList<R> {
  const failed = new Set<(error: Failure) => void>();
  const started = new Set<(rows: readonly R[], cancel: () => void) => void>();
  const updated = new Set<(rows: readonly R[], cancel: () => void, changes: RowChanges<R>) => void>();
  let stop: (() => void) | undefined;
  let isOver = false;

  function cancel() {
    isOver = true;
    signal?.removeEventListener("abort", cancel);
    stop?.();
  }

  function fail(error: Failure) {
    cancel();
    if (failed.size === 0) console.error(`Observing the list ${asking.list} failed.`, error);
    for (const handler of failed) handler(error);
  }

  function begin() {
    if (isOver || signal?.aborted) return;

    signal?.addEventListener("abort", cancel);
    try {
      stop = observeRows<R>(wire, asking, {
        started: (rows) => started.forEach((handler) => handler(rows, cancel)),
        updated: (rows, changes) => updated.forEach((handler) => handler(rows, cancel, changes)),
        failed: fail,
        closed: cancel,
      });
    } catch (error) {
      fail(error as Failure);
    }
  }

  queueMicrotask(begin);

  const live: LiveList<R> = {
    failed: (handler) => (failed.add(handler), live),
    started: (handler) => (started.add(handler), live),
    updated: (handler) => (updated.add(handler), live),
    cancel,
  };

  return live;
}
