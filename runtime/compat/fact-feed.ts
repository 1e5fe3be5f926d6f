import { hasRoom, type Outlet } from "../http/outlet.ts";
import type { Hall } from "./hall.ts";
import { partOf } from "./part-of.ts";
import type { Subscription } from "./subscription.ts";

/** Follows the log for one connection, as long as anybody there wants to hear what happens. */
export class FactFeed {
  readonly #hall: Hall;
  readonly #outlet: Outlet;
  readonly #fail: (fault?: unknown) => void;
  readonly #subscriptions = new Set<Subscription>();
  #following: { readonly begun: Promise<void>; readonly stop: AbortController } | undefined;

  /** `fail` is called where nothing can follow: with the fault that it is, or because the outlet takes nothing any more. */
  constructor(hall: Hall, outlet: Outlet, fail: (fault?: unknown) => void) {
    this.#hall = hall;
    this.#outlet = outlet;
    this.#fail = fail;
  }

  /** Resolves when nothing that happens from now on is missed. */
  async begin(subscription: Subscription): Promise<void> {
    this.#subscriptions.add(subscription);
    if (!this.#following) {
      const stop = new AbortController();
      this.#following = { begun: this.#start(stop.signal), stop };
    }
    await this.#following.begun.catch((fault: unknown) => {
      this.#following = undefined;
      throw fault;
    });
  }

  end(subscription: Subscription): void {
    if (!this.#subscriptions.delete(subscription) || this.#subscriptions.size > 0) return;
    this.#following?.stop.abort();
    this.#following = undefined;
  }

  async #start(stopped: AbortSignal): Promise<void> {
    const { position } = await this.#hall.services.log.head();
    this.#follow(position, stopped).catch(this.#fail);
  }

  async #follow(start: number, stopped: AbortSignal): Promise<void> {
    let position = start;
    while (!stopped.aborted) {
      const events = await this.#hall.services.tail.next(position, stopped);
      if (events.length === 0) return;
      for (const event of events) {
        position = event.metadata.position;
        const told = this.#hall.facts.event(event);
        for (const subscription of [...this.#subscriptions]) {
          if (!partOf(subscription.filter, told) || !(await this.#hall.facts.isVisible(event, subscription.user))) continue;
          const text = await this.#hall.facts.text(event);
          if (this.#subscriptions.has(subscription)) subscription.send(text);
          this.#hall.pages.told(position);
        }
      }
      if (!(await hasRoom(this.#outlet))) return stopped.aborted ? undefined : this.#fail();
    }
  }
}
