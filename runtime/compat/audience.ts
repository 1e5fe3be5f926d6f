import type { User } from "../protocol/user.ts";
import { partOf } from "./part-of.ts";
import { correlationOf, type Subscription } from "./subscription.ts";
import type { WireEvent, WriteEvent } from "./wire-event.ts";

/** Who hears of rejections, which are for their senders alone. */
export class Audience {
  readonly #write: WriteEvent;
  readonly #byKey = new Map<string | object, Set<Subscription>>();

  constructor(write: WriteEvent) {
    this.#write = write;
  }

  /** `connection` is where it hears. */
  join(subscription: Subscription, connection: object): void {
    const key = keyOf(subscription, connection);
    this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(subscription));
  }

  leave(subscription: Subscription, connection: object): void {
    const key = keyOf(subscription, connection);
    const those = this.#byKey.get(key);
    if (those?.delete(subscription) && those.size === 0) this.#byKey.delete(key);
  }

  /**
   * Tells the sender of a command, wherever they listen. Nobody is like another nobody: they hear it on the connection that they sent it over, or where they ask for the events of
   * this very command, whose id they alone know.
   */
  tell(event: WireEvent, sender: User, connection?: object): void {
    const keys = [`command ${event.metadata.correlationId}`, sender.id === null ? connection : `user ${sender.id}`];
    const text = this.#write(event, { owner: event.user.id, forAuthenticated: false, forPublic: false });
    for (const key of keys)
      for (const { filter, user, send } of this.#byKey.get(key ?? "") ?? []) if (user.id === sender.id && partOf(filter, event)) send(text);
  }
}

function keyOf({ filter, user }: Subscription, connection: object): string | object {
  const correlation = correlationOf(filter);
  if (correlation !== undefined) return `command ${correlation}`;

  return user.id === null ? connection : `user ${user.id}`;
}
