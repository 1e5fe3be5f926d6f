import { Fold, type Asked } from "./fold.ts";
import type { ListRow, ListTable } from "./list-tables.ts";
import type { EventRow } from "./tables.ts";

/** What an observer had before it at one time. */
export interface Picture {
  readonly asked: Asked;
  readonly position: number;
  readonly rows: string;
}

/** Rows as text that is the same for the same rows, without what the runtime makes up. */
export function textOf(list: string, rows: readonly ListRow[]): string {
  return JSON.stringify(
    rows.map(({ id, text, likes, timestamp, sender, messages }) =>
      list === "messages" ? [id, text, likes, timestamp] : [sender, messages, likes],
    ),
  );
}

/** Where the table of a list is not what the log up to its position makes of it. */
export function auditTables(events: readonly EventRow[], tables: readonly ListTable[]): readonly string[] {
  const fold = new Fold(events);
  return tables
    .toSorted((left, right) => left.position - right.position)
    .filter(({ list, position, rows }) => {
      const told = fold.to(position).rows(list);
      return position > events.length || inOrder(list, rows) !== inOrder(list, told);
    })
    .map(({ list, number, position }) => `the table ${number} of the list ${list} is not what ${position} events make of it`);
}

/** Where an observer saw what was not the answer at that position. */
export function auditPictures(events: readonly EventRow[], pictures: readonly Picture[]): readonly string[] {
  const fold = new Fold(events);
  const answers = new Map<string, string>();
  return pictures
    .toSorted((left, right) => left.position - right.position)
    .filter(({ asked, position, rows }) => {
      const key = `${position} ${JSON.stringify(asked)}`;
      if (!answers.has(key)) answers.set(key, textOf(asked.list, fold.to(position).answer(asked)));
      return answers.get(key) !== rows;
    })
    .map(({ asked, position }) => `who observed ${JSON.stringify(asked)} did not see the answer at ${position}`);
}

/** Tables that are wrong in one place. */
export function spoiltTables(tables: readonly ListTable[]): readonly (readonly ListTable[])[] {
  return tables.flatMap((table, at) => {
    const { position, rows } = table;
    const [row, ...others] = rows;
    if (row === undefined) return [];
    const wrong = [
      { ...table, rows: others },
      { ...table, rows: [...others, { ...row, likes: Number(row["likes"]) + 1 }] },
      { ...table, position: position - 1 },
      { ...table, position: position + 1 },
    ];
    return wrong.map((one) => tables.with(at, one));
  });
}

/** An observer's last picture, as it would be if it had missed something, or got it twice. */
export function spoiltPictures(pictures: readonly Picture[]): readonly (readonly Picture[])[] {
  const last = pictures.findLast(({ rows }) => rows !== "[]");
  if (last === undefined) return [];
  const [first, ...others] = JSON.parse(last.rows) as readonly unknown[];
  return [others, [first, first, ...others]].map((rows) => [{ ...last, rows: JSON.stringify(rows) }]);
}

function inOrder(list: string, rows: readonly ListRow[]): string {
  const key = (row: ListRow) => String(list === "messages" ? row["id"] : row["sender"]);
  return textOf(
    list,
    rows.toSorted((left, right) => (key(left) < key(right) ? -1 : 1)),
  );
}
