import type { Outlet } from "../http/outlet.ts";
import type { User } from "../protocol/user.ts";
import type { Question } from "../read/read-model.ts";
import { FactFeed } from "./fact-feed.ts";
import type { Hall } from "./hall.ts";
import { ListFeed } from "./list-feed.ts";
import { wantsFacts, type Subscription } from "./subscription.ts";
import type { WireEvent } from "./wire-event.ts";

/** All that the subscriptions of one connection hear: what happens, what happens to lists, and what became of the commands that were sent by the same user. */
export class Feed {
  readonly #hall: Hall;
  readonly #facts: FactFeed;
  readonly #lists: ListFeed;
  readonly #subscriptions = new Set<Subscription>();

  /** `fail` is called where it cannot go on. */
  constructor(hall: Hall, outlet: Outlet, fail: () => void) {
    this.#hall = hall;
    this.#lists = new ListFeed(hall, outlet, fail);
    this.#facts = new FactFeed(hall, outlet, (fault) => {
      if (fault !== undefined) hall.services.report(fault);
      fail();
    });
  }

  /** Resolves when nothing that happens from now on is missed. */
  async begin(subscription: Subscription): Promise<void> {
    this.#subscriptions.add(subscription);
    const isAboutFacts = wantsFacts(subscription.filter);
    if (isAboutFacts) this.#hall.audience.join(subscription, this);
    await Promise.all([isAboutFacts && this.#facts.begin(subscription), this.#lists.begin(subscription)]);
  }

  end(subscription: Subscription): void {
    this.#subscriptions.delete(subscription);
    this.#hall.audience.leave(subscription, this);
    this.#facts.end(subscription);
    this.#lists.end(subscription);
  }

  /** A list is going to be read: whoever hears of it here will be told when the answer changes. */
  asked(question: Question): Promise<void> {
    return this.#lists.asked(question);
  }

  /** What became of a command that was sent over this connection. */
  tellRejection(event: WireEvent, sender: User): void {
    this.#hall.audience.tell(event, sender, this);
  }

  close(): void {
    for (const subscription of [...this.#subscriptions]) this.end(subscription);
  }
}
