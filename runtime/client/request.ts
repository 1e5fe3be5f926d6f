import type { ClientMessage, ServerMessage } from "../protocol/socket.ts";
import { ConnectionFailed, failureOf, TimedOut } from "./failure.ts";
import { patience } from "./patience.ts";
import { mayPass, Retry } from "./retry.ts";
import type { Wire } from "./wire.ts";

export interface RequestOptions {
  /** Gives up waiting. What was sent already may still take effect. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until `TimedOut`, times without a connection included; 30,000 by default, Infinity for never. */
  readonly timeout?: number | undefined;
}

type Answer<Type extends ServerMessage["type"]> = Extract<ServerMessage, { readonly type: Type }>;

/**
 * Asks once and waits for the answer. Asks again, with the same words, where the connection was lost in between, and, after a pause, where
 * the server cannot answer just now.
 */
export function request<Type extends "handled" | "rows" | "count">(
  wire: Wire,
  answer: Type,
  message: (id: string) => ClientMessage,
  { signal, timeout = 30_000 }: RequestOptions,
): Promise<Answer<Type>> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();

    const retry = new Retry();
    let trouble: Error = new TimedOut(`No answer within ${timeout} ms.`);

    const id = wire.begin({
      message,
      receive,
      closed: () => fail(new ConnectionFailed("The connection was closed before the answer came.")),
    });
    const stopWaiting = patience({ signal, timeout }, () => trouble, fail);

    function receive(received: ServerMessage) {
      if (received.type === "problem" && mayPass(received.problem)) {
        trouble = failureOf(received.problem);
        retry.later(() => wire.repeat(id));
      } else if (received.type === "problem") {
        fail(failureOf(received.problem));
      } else if (isAnswer(received, answer)) {
        end();
        resolve(received);
      }
    }

    function fail(reason: unknown) {
      end();
      reject(reason);
    }

    function end() {
      wire.end(id);
      stopWaiting();
      retry.stop();
    }
  });
}

function isAnswer<Type extends ServerMessage["type"]>(message: ServerMessage, type: Type): message is Answer<Type> {
  return message.type === type;
}
