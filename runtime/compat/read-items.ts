import type { Question } from "../read/read-model.ts";
import type { Query, Row } from "../protocol/query.ts";
import type { User } from "../protocol/user.ts";
import type { Hall } from "./hall.ts";
import { isRefusal, refusals, type Refusal } from "./refusal.ts";
import { translateQuery } from "./translate-query.ts";

/** What an old client asks of a model of the read side. */
export interface Asked {
  readonly modelType: unknown;
  readonly modelName: unknown;
  readonly where?: unknown;
  readonly orderBy?: unknown;
  readonly skip: number;
  readonly take: number;
}

export const takenByDefault = 100;
/** Of our own, so that one answer does not keep the others waiting. */
const mostOnPage = 1_000;

/** A question to one of our lists, and how many of its rows are wanted, which may be more than one answer holds. */
export interface Wanted {
  readonly question: Question & { readonly query: Query };
  readonly take: number;
}

/** What is asked, in our words. */
export function understood({ services }: Hall, { modelType, modelName, skip, take, ...asked }: Asked, user: User): Wanted | Refusal {
  if (modelType !== "lists") return refusals.unknownModelType;
  const list = services.application.lists.find(({ name, was = [] }) => [name, ...was].includes(modelName as string));
  if (!list) return refusals.unknownModelName;
  const query = translateQuery(list, asked);

  return isRefusal(query) ? query : { question: { list: list.name, query: { ...query, skip, take: onPage(take) }, user }, take };
}

const onPage = (take: number): number => Math.min(take, mostOnPage);

/** Reads items as JSON texts, page by page. A list that somebody may not see is empty to them, as it was. */
export async function readItems(hall: Hall, wanted: Wanted): Promise<AsyncGenerator<readonly string[]> | Refusal> {
  const first = await readPage(hall, wanted.question);

  return isRefusal(first) ? first : pagesFrom(hall, wanted, first);
}

async function* pagesFrom(hall: Hall, { question, take }: Wanted, first: Page): AsyncGenerator<readonly string[]> {
  const { where = {}, orderBy = {} } = question.query;
  let page = first;
  let left = take - page.items.length;
  yield page.items;
  while (page.cursor !== undefined && left > 0) {
    const next = await readPage(hall, { ...question, query: { where, orderBy, take: onPage(left), cursor: page.cursor } });
    if (isRefusal(next)) throw new Error(`The list ${question.list} could be read only in part.`);
    page = next;
    left -= page.items.length;
    yield page.items;
  }
}

interface Page {
  readonly items: readonly string[];
  readonly cursor?: string | undefined;
}

/** Whoever has heard of an event finds in the list what it led to; where that takes too long, the list as it is. */
async function readPage({ services, lastTold, openTo }: Hall, question: Question): Promise<Page | Refusal> {
  let answer = await services.lists.read(question, lastTold);
  if (answer.kind === "refused" && answer.problem.type === "unavailable") answer = await services.lists.read(question);
  if (answer.kind === "answer") {
    const isAuthorized = openTo(question.list);
    const items = (JSON.parse(answer.rows) as readonly Row[]).map((row) => JSON.stringify({ isAuthorized, ...row }));

    return { items, cursor: answer.cursor };
  }
  if (answer.problem.type === "not-allowed") return { items: [] };

  return answer.problem.type === "not-valid" ? refusals.invalidQuery : refusals.notLoaded;
}
