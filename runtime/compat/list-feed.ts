import { hasRoom, isFull, type Outlet } from "../http/outlet.ts";
import type { User } from "../protocol/user.ts";
import type { Question } from "../read/read-model.ts";
import type { Hall } from "./hall.ts";
import type { ToldChange } from "./list-watches.ts";
import { partOf } from "./part-of.ts";
import { isSame, wantsList, type Subscription } from "./subscription.ts";

interface Watched {
  readonly list: string;
  readonly user: User;
  readonly end: Promise<() => void>;
}

/** So many questions of one connection are watched at a time; of more, those that were asked last. */
const mostQuestions = 100;
/** As much of a list as can be watched by one question. */
const whole = { take: 1_000 };

/**
 * What happens to lists, for one connection, as long as anybody there wants to hear of it. The old clients ask again whenever a list has changed; so what is watched is what they have asked,
 * besides the beginning of each list: nothing that would change an answer is missed, however long the list, and nobody hears of rows that they may not see.
 */
export class ListFeed {
  readonly #hall: Hall;
  readonly #outlet: Outlet;
  readonly #fail: () => void;
  readonly #subscriptions = new Set<Subscription>();
  readonly #watched = new Map<string, Watched>();
  /** The rows that were told of last, by list, so that two questions do not tell of the same change. */
  readonly #last = new Map<string, { readonly position: number; readonly rowIds: Set<string> }>();
  /** What could not be sent yet: of each list the last change, for that is enough to ask again. */
  #late: Map<string, readonly [ToldChange, User]> | undefined;

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
    await Promise.all(lists.map(({ name: list }) => this.#watch({ list, query: whole, user })));
  }

  end(subscription: Subscription): void {
    if (!this.#subscriptions.delete(subscription)) return;
    for (const [key, { list, user, end }] of this.#watched) {
      if (!this.#isAbout(list, user)) this.#forget(key, end);
    }
  }

  /** Somebody on the connection asks this: from now on they hear when the answer changes, if they want to hear of the list. */
  async asked(question: Question): Promise<void> {
    if (!this.#isAbout(question.list, question.user)) return;
    await this.#watch(question);
    for (const [key, { end }] of this.#watched) {
      if (this.#watched.size <= mostQuestions + this.#hall.services.application.lists.length) return;
      this.#forget(key, end);
    }
  }

  #forget(key: string, end: Watched["end"]): void {
    this.#watched.delete(key);
    end.then(
      (stop) => stop(),
      () => undefined,
    );
  }

  #isAbout(list: string, user: User): boolean {
    return [...this.#subscriptions].some((one) => isSame(one.user, user) && wantsList(one.filter, list));
  }

  async #watch(question: Question): Promise<void> {
    const { list, query, user } = question;
    const key = JSON.stringify([list, query, user]);
    const known = this.#watched.get(key);
    const end =
      known?.end ??
      this.#hall.watches.begin(question, (changes) => {
        for (const change of changes) this.#tell(change, user);
      });
    this.#watched.delete(key);
    this.#watched.set(key, { list, user, end });
    await end.catch((fault: unknown) => {
      this.#watched.delete(key);
      throw fault;
    });
  }

  #tell(change: ToldChange, user: User): void {
    if (this.#wasTold(change)) return;
    if (this.#late) return void this.#late.set(change.list, [change, user]);
    if (isFull(this.#outlet)) {
      this.#late = new Map([[change.list, [change, user]]]);

      return void this.#catchUp();
    }
    this.#send(change, user);
  }

  #send({ event, text }: ToldChange, user: User): void {
    for (const subscription of this.#subscriptions)
      if (isSame(subscription.user, user) && partOf(subscription.filter, event)) subscription.send(text);
  }

  async #catchUp(): Promise<void> {
    if (!(await hasRoom(this.#outlet))) return this.#outlet.gone.aborted ? undefined : this.#fail();
    const late = this.#late ?? [];
    this.#late = undefined;
    for (const [, [change, user]] of late) this.#send(change, user);
  }

  #wasTold({ list, rowId, position }: ToldChange): boolean {
    let last = this.#last.get(list);
    if (last?.position !== position) this.#last.set(list, (last = { position, rowIds: new Set() }));
    if (last.rowIds.has(rowId)) return true;
    last.rowIds.add(rowId);

    return false;
  }
}
