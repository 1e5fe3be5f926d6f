import { WebSocket } from "ws";
import type { Picture } from "./audit-lists.ts";
import { textOf } from "./audit-lists.ts";
import type { Asked } from "./fold.ts";
import type { ListRow } from "./list-tables.ts";

/** What comes over the wire to who observes. */
export type Told =
  | { readonly type: "rows"; readonly rows: readonly ListRow[]; readonly position: number; readonly token: string; readonly reset?: true }
  | { readonly type: "changes"; readonly changes: Changes; readonly from: number; readonly to: number; readonly token: string }
  | { readonly type: "problem"; readonly problem: { readonly type: string; readonly detail: string } };

interface Changes {
  readonly removed: readonly string[];
  readonly put: readonly { readonly index: number; readonly row: ListRow }[];
}

/** One of so many pictures is kept for the auditor. */
const often = 5;
const pause = 10;

/** Observes a list over the wire, goes on by token after each lost connection, and notes whatever does not follow on what it knows. */
export class Observer {
  readonly pictures: Picture[] = [];
  readonly wrong: string[] = [];
  /** How often it went on where it stopped, and how often it was given everything again. */
  resumed = 0;
  resets = 0;
  readonly #asked: Asked;
  readonly #urlOf: () => string | undefined;
  #rows: readonly ListRow[] = [];
  #position = -1;
  #token: string | undefined;
  #isFresh = true;
  #isOver = false;
  #socket: WebSocket | undefined;

  constructor(asked: Asked, urlOf: () => string | undefined) {
    this.#asked = asked;
    this.#urlOf = urlOf;
  }

  get picture(): Picture {
    return { asked: this.#asked, position: this.#position, rows: textOf(this.#asked.list, this.#rows) };
  }

  /** Connects, and connects again whenever the connection is lost. */
  begin(): void {
    if (this.#isOver) return;
    const url = this.#urlOf();
    if (url === undefined) return void setTimeout(() => this.begin(), pause);
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/socket`);
    this.#socket = socket;
    this.#isFresh = true;
    socket.on("open", () =>
      socket.send(JSON.stringify({ type: "observe", id: "o", ...this.#asked, ...(this.#token && { token: this.#token }) })),
    );
    socket.on("message", (data) => this.take(JSON.parse(String(data)) as Told));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => setTimeout(() => this.begin(), pause));
  }

  end(): void {
    this.#isOver = true;
    this.#socket?.terminate();
  }

  take(told: Told): void {
    if (told.type === "problem") return this.#refused(told.problem.type, told.problem.detail);
    if (told.type === "rows") this.#replace(told.rows, told.position);
    else this.#change(told.changes, told.from, told.to);
    this.#token = told.token;
    if (this.#isFresh || this.#position % often === 0) this.pictures.push(this.picture);
    this.#isFresh = false;
  }

  /** A server that is going away, or a list that is being made, says so; what else is refused should not be. */
  #refused(type: string, detail: string): void {
    if (type.endsWith("unavailable")) this.#socket?.terminate();
    else this.wrong.push(`was refused: ${detail}`);
  }

  #replace(rows: readonly ListRow[], position: number): void {
    if (!this.#isFresh) this.wrong.push(`was given everything at ${position}, in the middle of it`);
    if (position < this.#position) this.wrong.push(`was taken back from ${this.#position} to ${position}`);
    if (this.#token !== undefined) this.resets += 1;
    this.#rows = rows;
    this.#position = position;
  }

  #change({ removed, put }: Changes, from: number, to: number): void {
    if (from !== this.#position) this.wrong.push(`knew ${this.#position}, and was told what comes after ${from}`);
    if (to < from || (to === from && !this.#isFresh)) this.wrong.push(`was told what leads from ${from} to ${to}`);
    if (this.#isFresh) this.resumed += 1;
    const gone = new Set([...removed, ...put.map(({ row }) => row.id)]);
    for (const id of removed)
      if (!this.#rows.some((row) => row.id === id)) this.wrong.push(`was told that ${id} is gone, which it had not`);
    const rows = this.#rows.filter(({ id }) => !gone.has(id));
    for (const { index, row } of put) {
      if (index > rows.length) this.wrong.push(`was told of a row at ${index}, with ${rows.length} rows before it`);
      rows.splice(index, 0, row);
    }
    this.#rows = rows;
    this.#position = to;
  }
}
