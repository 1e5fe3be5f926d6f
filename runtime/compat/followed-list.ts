import type { User } from "../protocol/user.ts";
import type { Question } from "../read/read-model.ts";
import { beginning, type ListWatches, type ToldChange, type Watching } from "./list-watches.ts";

/** So many questions are watched at a time; of more, those that were asked last. */
const mostQuestions = 100;

/**
 * One list as somebody follows it. The old clients ask again whenever it has changed, so it is enough to watch its beginning, and, where it has more rows than that, what they ask:
 * nothing that would change an answer is missed, and nobody hears of rows that they may not see.
 */
export class FollowedList {
  readonly list: string;
  readonly user: User;
  readonly #watches: ListWatches;
  readonly #tell: (change: ToldChange) => void;
  readonly #beginning: Promise<Watching>;
  readonly #questions = new Map<string, Promise<Watching>>();
  /** What was told of last, so that two questions do not tell of the same change. */
  #last = { position: 0, rowIds: new Set<string>() };

  constructor(list: string, user: User, watches: ListWatches, tell: (change: ToldChange) => void) {
    this.list = list;
    this.user = user;
    this.#watches = watches;
    this.#tell = tell;
    this.#beginning = this.#watch({ list, query: beginning, user });
  }

  /** Resolves when nothing that happens from now on is missed. */
  async begin(): Promise<void> {
    await this.#beginning;
  }

  /** Somebody is going to ask this, and wants to be told when the answer changes. */
  async asked(question: Question): Promise<void> {
    if ((await this.#beginning).isWhole) return;
    const key = JSON.stringify(question.query);
    const watching = this.#questions.get(key) ?? this.#watch(question);
    this.#questions.delete(key);
    this.#questions.set(key, watching);
    for (const [oldest, forgotten] of this.#questions) {
      if (this.#questions.size <= mostQuestions) break;
      this.#questions.delete(oldest);
      end(forgotten);
    }
    await watching;
  }

  end(): void {
    for (const watching of [this.#beginning, ...this.#questions.values()]) end(watching);
  }

  #watch(question: Question): Promise<Watching> {
    return this.#watches.begin(question, (changes) => {
      for (const change of changes) if (this.#isNew(change)) this.#tell(change);
    });
  }

  #isNew({ rowId, position }: ToldChange): boolean {
    if (this.#last.position !== position) this.#last = { position, rowIds: new Set() };
    const { rowIds } = this.#last;

    return rowIds.size < rowIds.add(rowId).size;
  }
}

function end(watching: Promise<Watching>): void {
  watching.then(
    (begun) => begun.end(),
    () => undefined,
  );
}
