import type { Question } from "../read/read-model.ts";
import type { Row } from "../protocol/query.ts";
import type { User } from "../protocol/user.ts";
import type { Hall } from "./hall.ts";
import { refusals, type Refusal } from "./refusal.ts";
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

/** A question to one of our lists, with how many of the rows are wanted. */
export interface Wanted {
  readonly question: Question & { readonly query: object };
  readonly skip: number;
  readonly take: number;
}

/** What is asked, as a question of ours. */
export function understood({ services }: Hall, { modelType, modelName, skip, take, ...asked }: Asked, user: User): Wanted | Refusal {
  if (modelType !== "lists") return refusals.unknownModelType;
  const list = services.application.lists.find(({ name, was = [] }) => [name, ...was].includes(modelName as string));
  if (!list) return refusals.unknownModelName;
  const query = translateQuery(list, asked);

  return "statusCode" in query
    ? query
    : { question: { list: list.name, query: { ...query, take: clamped(take), skip }, user }, skip, take };
}

const clamped = (take: number): number => Math.min(take, mostOnPage);

/** Reads items as JSON texts, page by page. A list that somebody may not see is empty to them, as it was. */
export async function readItems(hall: Hall, { question, take }: Wanted): Promise<AsyncGenerator<readonly string[]> | Refusal> {
  const first = await readPage(hall, question);
  if ("statusCode" in first) return first;

  return (async function* pages() {
    let [page, left] = [first, take];
    for (;;) {
      yield page.items;
      left -= page.items.length;
      if (page.cursor === undefined || left <= 0) return;
      const { skip: _, ...query } = question.query as { readonly skip?: number };
      const next = await readPage(hall, { ...question, query: { ...query, take: clamped(left), cursor: page.cursor } });
      if ("statusCode" in next) throw new Error(next.text);
      page = next;
    }
  })();
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
