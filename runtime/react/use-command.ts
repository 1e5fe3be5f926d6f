import { useCallback, useInsertionEffect, useRef, useState } from "react";
import type { Failure } from "../client/failure.ts";
import type { Delivery, Sending } from "../client/sending.ts";

export interface CommandState<Args extends readonly unknown[], EventName extends string> {
  /** Sends the command; always the same function. Resolves when it was carried out, and with undefined where it failed: then there is a `problem`. */
  readonly send: (...args: Args) => Promise<Delivery<EventName> | undefined>;
  readonly isSending: boolean;
  /** Why the last one failed; undefined again as soon as another is sent. */
  readonly problem: Failure | undefined;
}

/**
 * A command, and how it is going:
 *
 *     const { send, isSending, problem } = useCommand(chat.communication.message(id).like);
 *     const { send } = useCommand((text: string) => chat.communication.message().send({ text }));
 */
export function useCommand<Args extends readonly unknown[], EventName extends string>(
  command: (...args: Args) => Sending<EventName>,
): CommandState<Args, EventName> {
  const [{ underWay, problem }, change] = useState<{ underWay: number; problem: Failure | undefined }>({ underWay: 0, problem: undefined });
  const latest = useRef(command);
  useInsertionEffect(() => {
    latest.current = command;
  });

  const send = useCallback(async (...args: Args) => {
    change((before) => ({ underWay: before.underWay + 1, problem: undefined }));
    try {
      const delivery = await latest.current(...args);
      change((before) => ({ ...before, underWay: before.underWay - 1 }));

      return delivery;
    } catch (error) {
      change((before) => ({ underWay: before.underWay - 1, problem: error as Failure }));

      return undefined;
    }
  }, []);

  return { send, isSending: underWay > 0, problem };
}
