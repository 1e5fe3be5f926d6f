import type { Handled } from "../protocol/socket.ts";
import { timeOrderedId } from "../protocol/time-ordered-id.ts";
import type { CommandQueue } from "./command-queue.ts";
import { attempt, type CommandStorage, type KeptCommand } from "./command-storage.ts";
import { ConnectionFailed, type Failure } from "./failure.ts";
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
 * It ends as `Failure` says when it fails: with `CommandRejected` (the message is the reason), `NotValid`, `NotAllowed`, another `RequestFailed`, `QueueFull`, `TimedOut`
 * or `ConnectionFailed`. A failure that nobody asked about is written to the console.
 */
export interface Sending<EventName extends string = string> extends PromiseLike<Delivery<EventName>> {
  delivered(handler: (delivery: Delivery<EventName>) => void): Sending<EventName>;
  failed(handler: (error: Failure) => void): Sending<EventName>;
  catch<Other>(handler: (error: Failure) => Other | PromiseLike<Other>): Promise<Delivery<EventName> | Other>;
  finally(handler: () => void): Promise<Delivery<EventName>>;
}

export type Order = Omit<KeptCommand, "id">;

/** What commands are sent with. */
export interface Post {
  readonly wire: Wire;
  readonly queue: CommandQueue;
  readonly storage: CommandStorage | undefined;
  /** Milliseconds, for a command that says nothing else. */
  readonly timeout: number;
}

/** Sends a command. Its id is chosen once, so that it takes effect once, however often a lost connection makes us say it again. */
export function send(post: Post, order: Order, options: RequestOptions = {}): Sending {
  // It may wait, or be said again: whatever becomes of the caller's data, it says what it said.
  const command = { id: timeOrderedId(), ...order, data: JSON.parse(JSON.stringify(order.data)) as unknown };

  return sendingOf(command, async () => {
    options.signal?.throwIfAborted();
    post.queue.admit();
    void attempt(() => post.storage?.save(command));

    return carryOut(post, command, options);
  });
}

/** Sends what an earlier page, or process, has kept. */
export function sendAgain(post: Post, command: KeptCommand): Sending {
  return sendingOf(command, () => carryOut(post, command, {}));
}

async function carryOut(post: Post, command: KeptCommand, { signal, timeout = post.timeout }: RequestOptions): Promise<Delivery> {
  const { wire, queue, storage } = post;
  const forget = () => void attempt(() => storage?.remove(command.id));
  try {
    const { outcome } = await queue.inTurn({ signal, timeout }, (left) =>
      request(wire, "handled", (id) => ({ type: "command", id, command }), { signal, timeout: left }),
    );
    wire.written = Math.max(wire.written, outcome.position);
    forget();

    return { aggregateId: command.aggregateId, ...outcome };
  } catch (error) {
    // Whoever closes the connection leaves before there is an answer: the next one asks for it.
    if (!(error instanceof ConnectionFailed)) forget();
    throw error;
  }
}

function sendingOf({ context, aggregate, name }: Order, work: () => Promise<Delivery>): Sending {
  const outcome = Promise.resolve().then(work);
  let isWatched = false;
  let isHandled = false;

  outcome.catch((error: unknown) =>
    setTimeout(() => {
      if (!isWatched) console.error(`The command ${context}.${aggregate}.${name} failed.`, error);
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
