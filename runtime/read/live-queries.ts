import { difference, type AnsweredRow } from "./difference.ts";
import type { Equality } from "./equality.ts";
import { LiveIndex, type Touched } from "./live-index.ts";
import type { LiveChange } from "./read-model.ts";
import { Window, type View } from "./window.ts";

/** What leads from the answer at one position to the answer now. Undefined where the one at that position is not known any more. */
export type Since = { readonly changes: string } | undefined;

/** So many earlier answers are remembered, for observers that were away or slow, and so many rows in them. */
const mostAnswers = 200;
const mostRows = 20_000;
/** So many questions that nobody observes any more are kept up to date, in case their observer comes back. */
const mostIdle = 64;
const unchanged = `{"removed":[],"put":[]}`;

class LiveQuery {
  readonly number: number;
  readonly key: string;
  readonly list: string;
  observers = 0;
  /** Of the log, that its answer is of. */
  position: number;
  readonly equality: Equality | undefined;
  readonly #window: Window;
  /** The answers there were, with the positions from which on they held; the last one holds now. */
  readonly #answers: { readonly position: number; readonly rows: readonly AnsweredRow[] }[];
  #remembered = 0;

  constructor(number: number, key: string, list: string, view: View, position: number) {
    this.number = number;
    this.key = key;
    this.list = list;
    this.position = position;
    this.equality = view.equality;
    this.#window = new Window(view);
    this.#answers = [{ position, rows: this.#window.visible }];
  }

  get answer(): readonly AnsweredRow[] {
    return this.#window.visible;
  }

  get ids(): Iterable<string> {
    return this.#window.ids;
  }

  /** Without knowing what was touched, all is asked anew. What changed, as JSON. */
  refresh(touched: Touched | undefined, position: number): string | undefined {
    const before = this.answer;
    this.position = position;
    if (touched === undefined) this.#window.renew();
    else if (!this.#window.update(touched)) return undefined;
    const changes = difference(before, this.answer);
    if (changes !== undefined) this.#remember(position);

    return changes;
  }

  /** So many rows of its answer have to be fetched before it can be renewed. */
  get wanted(): number | undefined {
    return this.#window.wanted;
  }

  since(position: number): Since {
    const known = this.#answers.findLast((answer) => answer.position <= position);

    return known && { changes: difference(known.rows, this.answer) ?? unchanged };
  }

  #remember(position: number): void {
    this.#answers.push({ position, rows: this.answer });
    this.#remembered += this.answer.length;
    while (this.#answers.length > 1 && (this.#answers.length > mostAnswers || this.#remembered > mostRows))
      this.#remembered -= this.#answers.shift()!.rows.length;
  }
}

interface Begun {
  readonly live: number;
  readonly position: number;
}

/** What is being observed: each distinct question once, with the answer that its observers have. */
export class LiveQueries {
  readonly #byKey = new Map<string, LiveQuery>();
  readonly #byNumber = new Map<number, LiveQuery>();
  readonly #byList = new Map<string, LiveIndex<LiveQuery>>();
  /** In the order in which their last observer went. */
  readonly #idle = new Set<LiveQuery>();
  #lastNumber = 0;

  /** One observer more of a question. `position` is how far the rows of its list have come, which may be further than its answer has, where it is known. */
  begin(list: string, key: string, view: View, position: number): Begun {
    let query = this.#byKey.get(key);
    if (!query) {
      query = new LiveQuery(++this.#lastNumber, key, list, view, position);
      this.#byKey.set(key, query);
      this.#byNumber.set(query.number, query);
      this.#indexOf(list).add(query);
    }
    query.observers += 1;
    this.#idle.delete(query);

    return { live: query.number, position: query.position };
  }

  /** Whether the question of a key is kept up to date already. */
  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  find(live: number): Pick<LiveQuery, "answer" | "position" | "since"> | undefined {
    return this.#byNumber.get(live);
  }

  end(live: number): void {
    const query = this.#byNumber.get(live);
    if (!query || --query.observers > 0) return;
    this.#idle.add(query);
    const [oldest] = this.#idle;
    if (this.#idle.size > mostIdle && oldest) this.#forget(oldest);
  }

  /** Nothing of what was answered holds any more; observers have to ask anew. */
  forgetIdle(): void {
    for (const query of [...this.#idle]) this.#forget(query);
  }

  observes(list: string): boolean {
    return this.#byList.has(list);
  }

  /** Brings the answers about a list up to date. `touched` are the rows that may have changed; where nobody knows, undefined. */
  refresh(list: string, touched: Touched | undefined, position: number): readonly LiveChange[] {
    const index = this.#byList.get(list);
    if (!index) return [];
    for (const query of index.all) query.position = position;
    const concerned = touched ? index.concerned(touched) : new Map([...index.all].map((query) => [query, undefined] as const));

    return [...concerned].flatMap(([query, rows]) => this.#refreshOne(query, rows, position) ?? []);
  }

  /** The questions about a list that wait for rows to be fetched, and for how many. */
  wanting(list: string): readonly { readonly live: number; readonly wanted: number }[] {
    return [...(this.#byList.get(list)?.all ?? [])].flatMap(({ number, wanted }) =>
      wanted === undefined ? [] : [{ live: number, wanted }],
    );
  }

  /** Asks anew what one question is answered, of which the rows are at hand by now. */
  renew(live: number, position: number): LiveChange | undefined {
    const query = this.#byNumber.get(live);

    return query && this.#refreshOne(query, undefined, position);
  }

  #refreshOne(query: LiveQuery, touched: Touched | undefined, position: number): LiveChange | undefined {
    const changes = query.refresh(touched, position);
    this.#indexOf(query.list).renew(query);

    return changes === undefined || query.observers === 0 ? undefined : { live: query.number, changes, to: position };
  }

  #indexOf(list: string): LiveIndex<LiveQuery> {
    let index = this.#byList.get(list);
    if (!index) this.#byList.set(list, (index = new LiveIndex()));

    return index;
  }

  #forget(query: LiveQuery): void {
    this.#idle.delete(query);
    this.#byKey.delete(query.key);
    this.#byNumber.delete(query.number);
    const index = this.#indexOf(query.list);
    index.remove(query);
    if (index.all.size === 0) this.#byList.delete(query.list);
  }
}
