import type { User } from "../protocol/user.ts";
import type { Question } from "../read/read-model.ts";
import type { Feed } from "./feed.ts";

/** Who hears events over HTTP, where each request has a connection of its own: a reader is known by their user, or else by their address. */
export class Listeners {
  readonly #feeds = new Map<string, Set<Feed>>();

  add(feed: Feed, user: User, address: string): () => void {
    const key = keyOf(user, address);
    const feeds = this.#feeds.get(key) ?? new Set();
    this.#feeds.set(key, feeds.add(feed));

    return () => {
      feeds.delete(feed);
      if (feeds.size === 0) this.#feeds.delete(key);
    };
  }

  /** Somebody is going to read a list. */
  async asked(question: Question, address: string): Promise<void> {
    const feeds = this.#feeds.get(keyOf(question.user, address)) ?? [];
    await Promise.all([...feeds].map((feed) => feed.asked(question)));
  }
}

const keyOf = ({ id }: User, address: string): string => (id === null ? `at ${address}` : `user ${id}`);
