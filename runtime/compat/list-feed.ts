import { hasRoom, isFull, type Outlet } from "../http/outlet.ts";
import type { User } from "../protocol/user.ts";
import type { Question } from "../read/read-model.ts";
import { FollowedList } from "./followed-list.ts";
import type { Hall } from "./hall.ts";
import type { ToldChange } from "./list-watches.ts";
import { partOf } from "./part-of.ts";
import { isSame, wantsList, type Subscription } from "./subscription.ts";

/** What happens to lists, for one connection, as long as anybody there wants to hear of it. */
export class ListFeed {
  readonly #hall: Hall;
  readonly #outlet: Outlet;
  readonly #fail: () => void;
  readonly #subscriptions = new Set<Subscription>();
  readonly #followed = new Map<string, FollowedList>();
  /** What could not be sent yet: of each list the last change, for that is enough to ask again. */
  #late: Map<FollowedList, ToldChange> | undefined;

  constructor(hall: Hall, outlet: Outlet, fail: () => void) {
    this.#hall = hall;
    this.#outlet = outlet;
    this.#fail = fail;
  }

  /** Resolves when nothing that happens from now on is missed. */
  async begin(subscription: Subscription): Promise<void> {
    const { filter, user } = subscription;
    const lists = this.#hall.services.application.lists.filter(({ name }) => wantsList(filter, name));
    if (lists.length === 0) return;
    this.#subscriptions.add(subscription);
    await Promise.all(lists.map(({ name }) => this.#follow(name, user).begin()));
  }

  end(subscription: Subscription): void {
    if (!this.#subscriptions.delete(subscription)) return;
    for (const [key, followed] of this.#followed) {
      if (this.#heard(followed).length > 0) continue;
      this.#followed.delete(key);
      followed.end();
    }
  }

  /** Somebody on the connection is going to ask this: from now on they hear when the answer changes, if they want to hear of the list. */
  async asked(question: Question): Promise<void> {
    await this.#followed.get(keyOf(question.list, question.user))?.asked(question);
  }

  #follow(list: string, user: User): FollowedList {
    const key = keyOf(list, user);
    const known = this.#followed.get(key);
    if (known) return known;
    const followed = new FollowedList(list, user, this.#hall.watches, (change) => this.#tell(followed, change));
    this.#followed.set(key, followed);

    return followed;
  }

  #heard({ list, user }: FollowedList): readonly Subscription[] {
    return [...this.#subscriptions].filter((one) => isSame(one.user, user) && wantsList(one.filter, list));
  }

  #tell(followed: FollowedList, change: ToldChange): void {
    this.#hall.pages.told(change.position);
    if (this.#late) return void this.#late.set(followed, change);
    if (!isFull(this.#outlet)) return this.#send(followed, change);
    this.#late = new Map([[followed, change]]);
    void this.#catchUp();
  }

  #send(followed: FollowedList, { event, text }: ToldChange): void {
    for (const { filter, send } of this.#heard(followed)) if (partOf(filter, event)) send(text);
  }

  async #catchUp(): Promise<void> {
    if (!(await hasRoom(this.#outlet))) return this.#outlet.gone.aborted ? undefined : this.#fail();
    const late = this.#late ?? [];
    this.#late = undefined;
    for (const [followed, change] of late) this.#send(followed, change);
  }
}

const keyOf = (list: string, user: User): string => JSON.stringify([list, user]);
