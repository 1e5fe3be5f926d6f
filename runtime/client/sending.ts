import type { Handled } from "../protocol/socket.ts";
import { timeOrderedId } from "../protocol/time-ordered-id.ts";
import { request, type RequestOptions } from "./request.ts";
import type { Wire } from "./wire.ts";

/** A command that was carried out, durably. */
export interface Delivery<EventName extends string = string> extends Handled {
  readonly aggregateId: string;
  /** What happened, in order. */
  readonly events: readonly EventName[];
}

/**
 * A command on its way. It leaves by itself, whether anybody waits for it or not; `await` it, or say what is to happen:
 *
 *     await message.send({ text });
 *     message.send({ text }).delivered(() => input.focus()).failed((error) => show(error.message));
 *
 * It fails with `CommandRejected` (the message is the reason), `NotValid`, `NotAllowed`, another `RequestFailed`, `TimedOut` or
 * `ConnectionFailed`. A failure that nobody asked about is written to the console.
 */
export interface Sending<EventName extends string = string> extends PromiseLike<Delivery<EventName>> {
  delivered(handler: (delivery: Delivery<EventName>) => void): Sending<EventName>;
  failed(handler: (error: Error) => void): Sending<EventName>;
  catch<Other>(handler: (error: Error) => Other | PromiseLike<Other>): Promise<Delivery<EventName> | Other>;
  finally(handler: () => void): Promise<Delivery<EventName>>;
}

export interface Order {
  readonly context: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly name: string;
  readonly data: unknown;
}

/** Sends a command. Its id is chosen once, so that it takes effect once, however often a lost connection makes us say it again. */
export function send(wire: Wire, order: Order, options: RequestOptions = {}): Sending {
  const command = { id: timeOrderedId(), ...order };
  const outcome = Promise.resolve()
    .then(() => request(wire, "handled", (id) => ({ type: "command", id, command }), options))
    .then(({ outcome: handled }): Delivery => {
      wire.written = Math.max(wire.written, handled.position);

      return { aggregateId: order.aggregateId, ...handled };
    });

  return sendingOf(outcome, `${order.context}.${order.aggregate}.${order.name}`);
}

function sendingOf(outcome: Promise<Delivery>, name: string): Sending {
  let isWatched = false;
  let isHandled = false;

  outcome.catch((error: unknown) =>
    setTimeout(() => {
      if (!isWatched) console.error(`The command ${name} failed.`, error);
    }),
  );

  /** Where `failed` has the failure already, a promise derived for success alone does not raise it again; what its own handler throws, it does. */
  function derived<Result>(promise: Promise<Result>): Promise<Result> {
    isWatched = true;
    if (isHandled)
      promise.catch((error: unknown) =>
        outcome.then(
          () => Promise.reject(error),
          () => {},
        ),
      );

    return promise;
  }

  const sending: Sending = {
    delivered(handler) {
      outcome.then(handler, () => {});

      return sending;
    },
    failed(handler) {
      isWatched = true;
      isHandled = true;
      outcome.catch(handler);

      return sending;
    },
    then: (done, failed) => derived(outcome.then(done, failed)),
    catch: (handler) => derived(outcome.catch(handler)),
    finally: (handler) => derived(outcome.finally(handler)),
  };

  return sending;
}
