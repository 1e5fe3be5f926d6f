import type { ListRequest, ServerMessage } from "../protocol/socket.ts";
import { applyChanges, difference, isEmpty, type AnyRow, type RowChanges } from "./changes.ts";
import { failureOf, type Failure } from "./failure.ts";
import { mayPass, Retry } from "./retry.ts";
import type { Wire } from "./wire.ts";

export interface RowsObserver<R extends AnyRow> {
  started(rows: readonly R[]): void;
  updated(rows: readonly R[], changes: RowChanges<R>): void;
  failed(error: Failure): void;
  /** The connection was closed on purpose. */
  closed(): void;
}

/**
 * Keeps the answer to a query up to date. After a lost connection it goes on where it stopped; where that cannot be, or a difference does not
 * follow on what came before, it gets a whole answer and tells the observer how that differs from the one it knows. Returns what ends it.
 */
export function observeRows<R extends AnyRow>(wire: Wire, asking: ListRequest, observer: RowsObserver<R>): () => void {
  const retry = new Retry();
  let rows: readonly R[] | undefined;
  let position = 0;
  /** Of what was received last; without one, the answer comes whole. */
  let token: string | undefined;
  let id = begin();

  function begin(): string {
    return wire.begin({
      message: (id) => ({
        type: "observe",
        id,
        ...asking,
        ...(token !== undefined && { token }),
        ...(wire.written > 0 && { after: wire.written }),
      }),
      receive,
      closed: () => observer.closed(),
    });
  }

  function receive(message: ServerMessage): void {
    if (message.type === "problem" && rows && mayPass(message.problem)) {
      retry.later(() => wire.repeat(id));
    } else if (message.type === "problem") {
      wire.end(id);
      observer.failed(failureOf(message.problem));
    } else if (message.type === "rows") {
      retry.succeeded();
      position = message.position;
      token = message.token;
      become(message.rows as readonly unknown[] as readonly R[]);
    } else if (message.type === "changes" && rows) {
      retry.succeeded();
      if (message.from === position) {
        position = message.to;
        token = message.token;
        change(message.changes as unknown as RowChanges<R>);
      } else {
        wire.end(id, { cancel: true });
        token = undefined;
        id = begin();
      }
    }
  }

  function become(next: readonly R[]): void {
    if (rows) return change(difference(rows, next));

    rows = next;
    observer.started(next);
  }

  function change(changes: RowChanges<R>): void {
    if (isEmpty(changes)) return;

    rows = applyChanges(rows ?? [], changes);
    observer.updated(rows, changes);
  }

  return () => {
    retry.stop();
    wire.end(id, { cancel: true });
  };
}
