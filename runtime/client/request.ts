import type { ClientMessage, ServerMessage } from "../protocol/socket.ts";
import { ConnectionFailed, failureOf, TimedOut } from "./failure.ts";
import { after } from "./timer.ts";
import type { Wire } from "./wire.ts";

export interface RequestOptions {
  /** Gives up waiting. What was sent already may still take effect. */
  readonly signal?: AbortSignal;
  /** Milliseconds until `TimedOut`, times without a connection included; 30,000 by default, Infinity for never. */
  readonly timeout?: number;
}

type Answer<Type extends ServerMessage["type"]> = Extract<ServerMessage, { readonly type: Type }>;

/** Asks once and waits for the answer; asks again, with the same words, where the connection was lost in between. */
export function request<Type extends "handled" | "rows">(
  wire: Wire,
  answer: Type,
  message: (id: string) => ClientMessage,
  { signal, timeout = 30_000 }: RequestOptions,
): Promise<Answer<Type>> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();

    const id = wire.begin({
      message,
      receive(received) {
        end();
        if (received.type === "problem") reject(failureOf(received.problem));
        else if (isAnswer(received, answer)) resolve(received);
      },
      closed() {
        end();
        reject(new ConnectionFailed("The connection was closed before the answer came."));
      },
    });
    const stopTimer = after(timeout, () => {
      end();
      reject(new TimedOut(`No answer within ${timeout} ms.`));
    });
    const abort = () => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort);

    function end() {
      wire.end(id);
      stopTimer();
      signal?.removeEventListener("abort", abort);
    }
  });
}

function isAnswer<Type extends ServerMessage["type"]>(message: ServerMessage, type: Type): message is Answer<Type> {
  return message.type === type;
}
