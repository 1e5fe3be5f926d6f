import type { Event } from "../protocol/event.ts";
import { Advice } from "./advice.ts";
import { answerQuery, countRows, rowsOf } from "./answer-query.ts";
import { asCandidate, jsonOf } from "./candidate.ts";
import { ListsFile } from "./lists-file.ts";
import { LiveQueries } from "./live-queries.ts";
import { Progress, type Moved } from "./progress.ts";
import { keyOf, markOf } from "./question-key.ts";
import type { Answer, Applied, Counted, ListStatus, LiveChange, LogHead, News, Observed, Question, Refused } from "./read-model.ts";
import type { AnyList } from "./table.ts";
import { readToken } from "./token.ts";
import { refusalToObserve, understand, type Understood } from "./understand.ts";
import { viewOf } from "./view-of.ts";
import type { View } from "./window.ts";

/** The read model in this thread: what `ReadModel` promises, at once. */
export class LocalReadModel {
  readonly #file: ListsFile;
  readonly #progress: ReadonlyMap<string, Progress>;
  readonly #advice = new Advice();
  #live = new LiveQueries();
  #incarnation = "";

  /** `:memory:` is a file, too. */
  constructor(file: string, lists: readonly AnyList[]) {
    this.#file = new ListsFile(file);
    this.#progress = new Map(lists.map((list) => [list.name, new Progress(list, this.#file)]));
  }

  attach(log: LogHead): readonly ListStatus[] {
    return this.#file.transaction(() => this.#attach(log));
  }

  /** The same, but for lists that are further than the log: then their position. */
  attachWithin(log: LogHead): readonly ListStatus[] | number {
    return this.#file.transaction(() => {
      const furthest = this.#file.furthest(
        [...this.#progress.values()].map(({ list }) => list),
        log,
      );

      return furthest > log.position ? furthest : this.#attach(log);
    });
  }

  /** For the lists that know all that the log had when they were made. */
  apply(events: readonly Event[]): Applied {
    return this.#step(events, (progress) => progress.isFollowing, false);
  }

  /** For the lists that are being made; `isEnd` where the log has no more. */
  build(events: readonly Event[], isEnd: boolean): Applied {
    return this.#step(events, (progress) => progress.isBuilding, isEnd);
  }

  read(question: Question): Answer | Refused {
    const asking = this.#understand(question);
    if (asking.kind === "refused") return asking;
    const { table, position } = asking.answering;
    const { rows, cursor } = answerQuery(table, asking);
    const advice = this.#advice.consider(table, asking, asking.progress.list.indexes);

    return { kind: "answer", rows: jsonOf(rows.map(asCandidate)), position, ...(cursor && { cursor }), ...(advice && { advice }) };
  }

  count(question: Question): Counted | Refused {
    const asking = this.#understand(question);
    if (asking.kind === "refused") return asking;

    return { kind: "counted", count: countRows(asking.answering.table, asking), position: asking.answering.position };
  }

  observe(question: Question, token?: string): Observed | Refused {
    const asking = this.#understand(question);
    if (asking.kind === "refused") return asking;
    const refusal = refusalToObserve(asking);
    if (refusal) return { kind: "refused", problem: refusal };
    const { list } = asking.progress;
    const key = keyOf(question, asking);
    const view = this.#viewOf(question, asking);
    const { live, position } = this.#file.snapshot(() => this.#live.begin(list.name, key, view, asking.progress.answered));
    const mark = markOf(this.#incarnation, asking.progress, key);
    const since = token === undefined ? undefined : readToken(token, mark);

    return { kind: "observed", live, position, mark, news: this.#newsOf(live, position, since) };
  }

  current(live: number, since: number): { readonly news: News; readonly position: number } {
    const { position } = this.#live.find(live)!;

    return { position, news: this.#newsOf(live, position, since) };
  }

  forget(live: number): void {
    this.#live.end(live);
  }

  close(): void {
    this.#file.close();
  }

  #attach(log: LogHead): readonly ListStatus[] {
    if (log.incarnation !== this.#incarnation) this.#live.forgetIdle();
    this.#incarnation = log.incarnation;
    for (const progress of this.#progress.values()) progress.open(log);

    return this.#statuses();
  }

  #step(events: readonly Event[], takesPart: (progress: Progress) => boolean, isEnd: boolean): Applied {
    const end = events.at(-1)?.metadata.position ?? 0;
    const isShared = this.#file.wasChangedElsewhere();
    const partners = [...this.#progress.values()].filter(
      (progress) => takesPart(progress) && (isShared || isEnd || progress.position < end),
    );
    if (partners.length === 0) return { to: end, statuses: this.#statuses(), live: [] };
    const restore = partners.map((progress) => progress.remember());

    let moved: readonly (readonly [Progress, Moved])[];
    try {
      moved = this.#file.transaction(() =>
        partners.map((progress) => [progress, progress.advance(events, this.#live.observes(progress.list.name), isEnd)] as const),
      );
    } catch (error) {
      for (const undo of restore) undo();
      throw error;
    }

    const live = this.#file.snapshot(() => moved.flatMap(([progress, how]) => this.#refresh(progress, progress.settled(how))));

    return { to: end, statuses: this.#statuses(), live };
  }

  #refresh({ list, answering }: Progress, how: Moved): readonly LiveChange[] {
    if (how.kind === "nothing" || !answering) return [];
    const { table, position } = answering;
    const touched =
      how.kind === "touched"
        ? new Map(
            [...how.ids].map((id) => {
              const stored = table.find(id);

              return [id, stored && asCandidate(stored)] as const;
            }),
          )
        : undefined;

    return this.#live.refresh(list.name, touched, position);
  }

  #newsOf(live: number, position: number, since: number | undefined): News {
    const query = this.#live.find(live)!;
    const known = since === undefined || since > position ? undefined : query.since(since);

    return known ? { changes: known.changes, from: since! } : { rows: jsonOf(query.answer) };
  }

  #viewOf(question: Question, asking: Understood<Progress>): View {
    return viewOf(asking, (count) => {
      // The list may be in another generation by now, in which its columns are called otherwise.
      const again = this.#understand(question);

      return again.kind === "refused" ? [] : rowsOf(again.answering.table, again, 0, count).map(asCandidate);
    });
  }

  #understand(question: Question): Understood<Progress> | Refused {
    return understand(question, this.#progress);
  }

  #statuses(): readonly ListStatus[] {
    return [...this.#progress.values()].map(({ status }) => status);
  }
}
