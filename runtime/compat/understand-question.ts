import type { Application } from "../application.ts";
import type { User } from "../protocol/user.ts";
import { onPage, type Wanted } from "./list-pages.ts";
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

/** The same in our words. */
export function understandQuestion(
  { lists }: Application,
  { modelType, modelName, skip, take, ...asked }: Asked,
  user: User,
): Wanted | Refusal {
  if (modelType !== "lists") return refusals.unknownModelType;
  const list = lists.find(({ name, was = [] }) => [name, ...was].includes(modelName as string));
  if (!list) return refusals.unknownModelName;
  const query = translateQuery(list, asked);

  return isRefusal(query) ? query : { question: { list: list.name, query: { ...query, skip, take: onPage(take) }, user }, take };
}
