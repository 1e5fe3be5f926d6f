import { problem, type Problem } from "../protocol/problem.ts";
import type { Asking } from "./answer-query.ts";
import { checkNamedQuery } from "./check-named-query.ts";
import { checkQuery, notValid } from "./check-query.ts";
import type { Column } from "./columns.ts";
import { permissionOf } from "./permission.ts";
import type { ListStatus, Question, Refused } from "./read-model.ts";
import { stoppedSentence } from "./stopped-sentence.ts";
import { suggestion } from "./suggestion.ts";
import type { AnyList } from "./table.ts";

/** A list as somebody asks it, and what answers, where anything does. */
export interface AskedList {
  readonly list: AnyList;
  readonly answering: { readonly table: { readonly columns: readonly Column[] }; readonly position: number } | undefined;
  readonly status: ListStatus;
}

/** A question that makes sense, by somebody who may ask it, to a list that answers. */
export interface Understood<Known extends AskedList> extends Asking {
  readonly kind: "understood";
  readonly progress: Known;
  readonly answering: NonNullable<Known["answering"]>;
}

/** What is observed is kept in memory, so it does not begin far down. */
const mostSkippedLive = 1_000;

/** What a question means to the lists that there are, or why it has no answer. */
export function understand<Known extends AskedList>(
  question: Question,
  lists: ReadonlyMap<string, Known>,
): Understood<Known> | Refused {
  const { list: name, user } = question;
  const progress = lists.get(name) ?? [...lists.values()].find(({ list }) => list.was?.includes(name));
  if (!progress) {
    const detail = `There is no list "${name.slice(0, 100)}". ${suggestion(name, [...lists.keys()])}`;

    return refused(problem("unknown-list", detail));
  }
  const { list, answering } = progress;
  if (!answering) return refused(problem("unavailable", unavailableSentence(progress.status)));
  const { columns } = answering.table;
  const permission = permissionOf(list.isAuthorized.read, columns, user);
  if (permission.kind === "nothing") return refused(problem("not-allowed", `You are not allowed to read ${name}.`));
  const checked = check(question, list, columns);

  return "problem" in checked
    ? refused(checked.problem)
    : { kind: "understood", list: list.name, progress, answering, query: checked, permission };
}

/** Why something that can be read cannot be observed. */
export function refusalToObserve({ list, query: { skip, after } }: Asking): Problem | undefined {
  if (after)
    return notValid(list, [{ field: "cursor", rule: "is for reading page by page; what is observed begins at the beginning" }]).problem;
  const rule = `must be at most ${mostSkippedLive} in what is observed`;

  return skip > mostSkippedLive ? notValid(list, [{ field: "skip", rule }]).problem : undefined;
}

const check = ({ list: name, named, query }: Question, list: AnyList, columns: readonly Column[]) =>
  named === undefined ? checkQuery(name, columns, query) : checkNamedQuery(list, columns, named, query);

const refused = (found: Problem): Refused => ({ kind: "refused", problem: found });

function unavailableSentence(status: ListStatus): string {
  return stoppedSentence(status) ?? `The list ${status.list} is being made; so far it knows ${status.position} events.`;
}
