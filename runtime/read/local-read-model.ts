import type { Event } from "../protocol/event.ts";
import { problem } from "../protocol/problem.ts";
import type { Row } from "../protocol/query.ts";
import { answerQuery } from "./answer-query.ts";
import { checkQuery, type CheckedQuery } from "./check-query.ts";
import type { AnsweredRow } from "./difference.ts";
import { ListsFile } from "./lists-file.ts";
import { LiveQueries } from "./live-queries.ts";
import { permissionOf, type Granted } from "./permission.ts";
import { project } from "./projection.ts";
import type { Answer, Applied, ListStatus, Observed, Question, Refused } from "./read-model.ts";
import { suggestion } from "./suggestion.ts";
import type { AnyList } from "./table.ts";

interface Progress {
  readonly list: AnyList;
  position: number;
  stopped?: ListStatus["stopped"];
}

interface Understood {
  readonly kind: "understood";
  readonly progress: Progress;
  readonly query: CheckedQuery;
  readonly permission: Granted;
  readonly ask: () => readonly AnsweredRow[];
}

/** The read model in this thread: what `ReadModel` promises, at once. */
export class LocalReadModel {
  readonly #file: ListsFile;
  readonly #progress: ReadonlyMap<string, Progress>;
  readonly #live = new LiveQueries();
  #incarnation = "";

  /** `:memory:` is a file, too. */
  constructor(file: string, lists: readonly AnyList[]) {
    this.#file = new ListsFile(file, lists);
    this.#progress = new Map(lists.map((list) => [list.name, { list, position: 0 }]));
  }

  attach({ incarnation, position }: { readonly incarnation: string; readonly position: number }): readonly ListStatus[] {
    this.#incarnation = incarnation;
    for (const progress of this.#progress.values()) progress.position = this.#file.resume(progress.list, incarnation, position);

    return this.#statuses();
  }

  apply(events: readonly Event[]): Applied {
    const end = events.at(-1)?.metadata.position;
    if (end === undefined) return { to: 0, statuses: this.#statuses(), live: [] };
    const before = [...this.#progress.values()].map((progress) => [progress, progress.position] as const);

    try {
      const changed = this.#file.transaction(() =>
        before.filter(([progress, position]) => !progress.stopped && position < end && this.#advance(progress, events)),
      );
      const positions = new Map(changed.map(([{ list, position }]) => [list.name, position]));

      return { to: end, statuses: this.#statuses(), live: this.#live.refresh(positions) };
    } catch (error) {
      for (const [progress, position] of before) progress.position = position;
      throw error;
    }
  }

  read(question: Question): Answer | Refused {
    const understood = this.#understand(question);

    return understood.kind === "refused" ? understood : answer(understood.ask(), understood.progress.position);
  }

  observe(question: Question): Observed | Refused {
    const understood = this.#understand(question);
    if (understood.kind === "refused") return understood;
    const { progress, query, permission, ask } = understood;
    const viewers = permission.kind === "rows" ? permission.class : "";
    const begun = this.#live.begin(progress.list.name, keyOf(progress.list, query, viewers), ask);

    return { ...answer(begun.answer, progress.position), kind: "observed", live: begun.live };
  }

  current(live: number): Answer {
    const found = this.#live.find(live)!;

    return answer(found.answer, this.#progress.get(found.list)!.position);
  }

  forget(live: number): void {
    this.#live.end(live);
  }

  close(): void {
    this.#file.close();
  }

  /** A projection that throws stops its own list, at the last event that it could take. */
  #advance(progress: Progress, events: readonly Event[]): boolean {
    const { list, position } = progress;
    const table = this.#file.tables.get(list.name)!;
    let reached = position;
    let changed = false;
    let current: Event | undefined;

    const failure = this.#file.attempt(() => {
      for (const event of events) {
        if (event.metadata.position <= position) continue;
        current = event;
        changed = project(list, table, event) || changed;
        reached = event.metadata.position;
      }
      this.#file.advance(list.name, this.#incarnation, position, reached);
    });
    if (failure === undefined) {
      progress.position = reached;

      return changed;
    }
    if (!current || reached === current.metadata.position) throw failure;

    progress.stopped = stoppedAt(current, failure);

    return (
      reached > position &&
      this.#advance(
        progress,
        events.filter(({ metadata }) => metadata.position <= reached),
      )
    );
  }

  #understand({ list: name, query, user }: Question): Understood | Refused {
    const progress = this.#progress.get(name) ?? [...this.#progress.values()].find(({ list }) => list.was?.includes(name));
    if (!progress) {
      const detail = `There is no list "${name.slice(0, 100)}". ${suggestion(name, [...this.#progress.keys()])}`;

      return { kind: "refused", problem: problem("unknown-list", detail) };
    }
    const permission = permissionOf(progress.list.isAuthorized.read, user);
    if (permission.kind === "nothing") return { kind: "refused", problem: problem("not-allowed", `You are not allowed to read ${name}.`) };
    const table = this.#file.tables.get(progress.list.name)!;
    const checked = checkQuery(name, table.columns, query);
    if ("problem" in checked) return { kind: "refused", problem: checked.problem };

    return { kind: "understood", progress, query: checked, permission, ask: () => answerQuery(table, checked, permission).map(asJson) };
  }

  #statuses(): readonly ListStatus[] {
    return [...this.#progress.values()].map(({ list, position, stopped }) => ({
      list: list.name,
      ...(list.was && { was: list.was }),
      position,
      ...(stopped && { stopped }),
    }));
  }
}

function stoppedAt(event: Event, failure: unknown): NonNullable<ListStatus["stopped"]> {
  const name = `${event.context.name}.${event.aggregate.name}.${event.name}`;

  return { event: name, position: event.metadata.position, reason: failure instanceof Error ? failure.message : String(failure) };
}

function asJson(row: Row): AnsweredRow {
  return { id: row.id, json: JSON.stringify(row) };
}

function answer(rows: readonly AnsweredRow[], position: number): Answer {
  return { kind: "answer", rows: `[${rows.map(({ json }) => json).join(",")}]`, position };
}

/** The same for queries that mean the same, as far as the order of their members goes. */
function keyOf(list: AnyList, { where, orderBy, take, skip }: CheckedQuery, viewers: string): string {
  const names = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && "storage" in value ? (value as { field?: unknown }).field : value;

  return JSON.stringify([list.name, where, orderBy, take, skip, viewers], names);
}
