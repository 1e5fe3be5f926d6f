import { createHash } from "node:crypto";
import type { Event } from "../protocol/event.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import { Advice } from "./advice.ts";
import { answerQuery, conditionOf, countRows, keeping, rowsOf, type Asking } from "./answer-query.ts";
import { checkNamedQuery } from "./check-named-query.ts";
import { checkQuery, notValid, type CheckedQuery } from "./check-query.ts";
import type { AnsweredRow } from "./difference.ts";
import { digestOf } from "./generation.ts";
import { holding } from "./holds.ts";
import { ListsFile } from "./lists-file.ts";
import { LiveQueries } from "./live-queries.ts";
import { permissionOf } from "./permission.ts";
import { Progress, type Answering, type Moved } from "./progress.ts";
import type { Answer, Applied, Counted, ListStatus, LiveChange, LogHead, News, Observed, Question, Refused } from "./read-model.ts";
import { stoppedSentence } from "./stopped-sentence.ts";
import { suggestion } from "./suggestion.ts";
import type { AnyList, Stored } from "./table.ts";
import { readToken } from "./token.ts";
import type { Candidate, View } from "./window.ts";

interface Understood extends Asking {
  readonly kind: "understood";
  readonly progress: Progress;
  readonly answering: Answering;
}

/** What is observed is kept in memory, so it does not begin far down. */
const mostSkippedLive = 1_000;

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
    if (log.incarnation !== this.#incarnation) this.#live.forgetIdle();
    this.#incarnation = log.incarnation;
    for (const progress of this.#progress.values()) progress.open(log);

    return this.#statuses();
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
    const { position } = asking.answering;
    const key = keyOf(question, asking);
    const { live } = this.#live.begin(list.name, key, this.#viewOf(question, asking), position);
    const mark = this.#markOf(asking, key);
    const since = token === undefined ? undefined : readToken(token, mark);

    return { kind: "observed", live, position, mark, news: this.#newsOf(live, position, since) };
  }

  current(live: number, since: number): { readonly news: News; readonly position: number } {
    const position = this.#progress.get(this.#live.find(live)!.list)!.status.position;

    return { position, news: this.#newsOf(live, position, since) };
  }

  forget(live: number): void {
    this.#live.end(live);
  }

  close(): void {
    this.#file.close();
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

    return { to: end, statuses: this.#statuses(), live: moved.flatMap(([progress, how]) => this.#refresh(progress, how)) };
  }

  #refresh({ list, answering }: Progress, moved: Moved): readonly LiveChange[] {
    if (moved.kind === "nothing" || !answering) return [];
    const { table, position } = answering;
    const touched =
      moved.kind === "touched"
        ? new Map(
            [...moved.ids].map((id) => {
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

  #viewOf(question: Question, { query, permission }: Understood): View {
    const holds = holding(conditionOf(query, permission));
    const keeps = keeping(query, permission);

    return {
      query,
      keeps: (candidate) => holds(candidate.cells) && (!keeps || keeps(candidate)),
      first: (count) => {
        // The list may be in another generation by now, in which its columns are called otherwise.
        const again = this.#understand(question);

        return again.kind === "refused" ? [] : rowsOf(again.answering.table, again, 0, count).map(asCandidate);
      },
    };
  }

  /** The same wherever the same question has the same rows at the same position, which depends on who asks. */
  #markOf({ progress: { list, isStandIn } }: Understood, key: string): string {
    const rules = list.isAuthorized.read.map(({ who, rows, where }) => [who, String(rows), String(where)]);
    const queries = Object.entries(list.queries ?? {}).map(([name, query]) => [name, String((query as { ask: unknown }).ask)]);

    return createHash("sha256")
      .update(JSON.stringify([this.#incarnation, list.name, digestOf(list), rules, queries, isStandIn, key]))
      .digest("base64url")
      .slice(0, 16);
  }

  #understand(question: Question): Understood | Refused {
    const { list: name, user } = question;
    const progress = this.#progress.get(name) ?? [...this.#progress.values()].find(({ list }) => list.was?.includes(name));
    if (!progress) {
      const detail = `There is no list "${name.slice(0, 100)}". ${suggestion(name, [...this.#progress.keys()])}`;

      return refused(problem("unknown-list", detail));
    }
    const { list, answering } = progress;
    if (!answering) return refused(problem("unavailable", unavailableSentence(progress.status)));
    const { columns } = answering.table;
    const permission = permissionOf(list.isAuthorized.read, columns, user);
    if (permission.kind === "nothing") return refused(problem("not-allowed", `You are not allowed to read ${name}.`));
    const checked = check(question, list, answering);

    return "problem" in checked
      ? refused(checked.problem)
      : { kind: "understood", list: list.name, progress, answering, query: checked, permission };
  }

  #statuses(): readonly ListStatus[] {
    return [...this.#progress.values()].map(({ status }) => status);
  }
}

const check = ({ list: name, named, query }: Question, list: AnyList, { table: { columns } }: Answering) =>
  named === undefined ? checkQuery(name, columns, query) : checkNamedQuery(list, columns, named, query);

const refused = (found: Problem): Refused => ({ kind: "refused", problem: found });

function unavailableSentence(status: ListStatus): string {
  return stoppedSentence(status) ?? `The list ${status.list} is being made; so far it knows ${status.position} events.`;
}

function refusalToObserve({ list, query: { skip, after } }: Asking): Problem | undefined {
  if (after)
    return notValid(list, [{ field: "cursor", rule: "is for reading page by page; what is observed begins at the beginning" }]).problem;
  const rule = `must be at most ${mostSkippedLive} in what is observed`;

  return skip > mostSkippedLive ? notValid(list, [{ field: "skip", rule }]).problem : undefined;
}

function asCandidate({ row, cells }: Stored): Candidate {
  return { id: row.id, json: JSON.stringify(row), row, cells };
}

function jsonOf(rows: readonly AnsweredRow[]): string {
  return `[${rows.map(({ json }) => json).join(",")}]`;
}

/** The same for questions that mean the same, as far as the order of their members goes. */
function keyOf({ named, query: parameters }: Question, { list, query, permission }: Asking): string {
  const names = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && "storage" in value ? (value as { field?: unknown }).field : value;
  const { where, orderBy, take, skip }: CheckedQuery = query;
  const viewers = permission.kind === "rows" ? permission.class : "";

  return JSON.stringify([list, where, query.and && [named, parameters], orderBy, take, skip, viewers], names);
}
