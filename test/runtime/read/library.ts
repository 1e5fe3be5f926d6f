import type { Event } from "../../../runtime/protocol/event.ts";
import type { Row } from "../../../runtime/protocol/query.ts";
import type { ListDefinition } from "../../../runtime/read/list.ts";

export interface BooksRow extends Row {
  readonly title: string;
  readonly pages: number;
  readonly price: number | null;
  readonly lent: boolean;
  readonly added: string;
  readonly tags: readonly string[];
  readonly owner: string | null;
}

interface ShelvesRow extends Row {
  readonly shelf: string;
  readonly books: number;
}

/** What happens in the tests' library, by the names of its events. */
export interface LibraryEvents {
  readonly "library.book.added": Partial<BooksRow> & { readonly shelf?: string };
  readonly "library.book.lent": {};
  readonly "library.book.grew": { readonly by: number };
  readonly "library.book.removed": {};
  readonly "library.book.cleared": { readonly tag: string };
  readonly "library.book.burnt": {};
}

type Books = ListDefinition<BooksRow, LibraryEvents>;

const books: Books = {
  name: "books",
  fields: {
    title: { type: "text", initialState: "" },
    pages: { type: "integer", initialState: 0 },
    price: { type: "number", optional: true, was: ["cost"] },
    lent: { type: "boolean", initialState: false },
    added: { type: "timestamp" },
    tags: { type: "list", of: { type: "text" }, initialState: [] },
    owner: { type: "id", optional: true },
  },
  indexes: [["pages", "title"]],
  when: {
    "library.book.added"(list, { data: { shelf: _, ...row }, metadata: { timestamp } }, mark) {
      list.add({ added: timestamp, ...row });
      return mark.asDone();
    },
    "library.book.lent"(list, _event, mark) {
      list.update({ set: { lent: true } });
      return mark.asDone();
    },
    "library.book.grew"(list, event, mark) {
      list.update({ where: { id: event.aggregate.id }, set: (row) => ({ pages: row.pages + event.data.by }) });
      return mark.asDone();
    },
    "library.book.removed"(list, _event, mark) {
      list.remove();
      return mark.asDone();
    },
    "library.book.cleared"(list, event, mark) {
      list.remove({ where: { tags: { contains: event.data.tag } } });
      return mark.asDone();
    },
    "library.book.burnt"() {
      throw new Error("Nobody burns books here.");
    },
  },
  isAuthorized: { read: [{ who: "everyone" }] },
};

const shelves: ListDefinition<ShelvesRow, Pick<LibraryEvents, "library.book.added">> = {
  name: "shelves",
  fields: { shelf: { type: "text" }, books: { type: "integer", initialState: 0 } },
  indexes: [],
  when: {
    "library.book.added"(list, { data: { shelf = "floor" } }, mark) {
      list.addOrUpdate({ key: { shelf }, set: (row) => ({ books: row.books + 1 }) });
      return mark.asDone();
    },
  },
  isAuthorized: { read: [{ who: { role: "librarian" } }] },
};

const mine: Books = {
  ...books,
  name: "mine",
  isAuthorized: { read: [{ who: "authenticated", where: (row, user) => row.owner === user.id }, { who: { role: "librarian" } }] },
};

const secrets: Books = { ...books, name: "secrets", isAuthorized: { read: [] } };

export const library = { name: "library", aggregates: [], lists: [books, shelves, mine, secrets] };

let position = 0;

/** The next event of the tests' log. */
export function happened<Name extends keyof LibraryEvents>(name: Name, id: string, data: LibraryEvents[Name]): Event<LibraryEvents[Name]> {
  const [context, aggregate, event] = name.split(".") as [string, string, string];
  position += 1;

  return {
    id: `event-${position}`,
    context: { name: context },
    aggregate: { name: aggregate, id },
    name: event,
    data,
    user: { id: null },
    metadata: {
      timestamp: new Date(Date.UTC(2026, 0, 1) + position * 1000).toISOString(),
      position,
      revision: 1,
      version: 1,
      commandId: `command-${position}`,
      correlationId: `command-${position}`,
      causationId: `command-${position}`,
    },
  };
}

export function beginAgain(): void {
  position = 0;
}
