import type { Event } from "../protocol/event.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import type { Fault } from "../protocol/validation/check.ts";
import { checkTimestamp } from "../protocol/validation/time.ts";
import type { User } from "../protocol/user.ts";
import { applyAll, beforeTheFirstEvent, type AnyAggregate } from "../write/aggregate-state.ts";
import { inWords } from "../write/vocabulary.ts";
import type { Services } from "./services.ts";
import { visibleTo } from "./visible-events.ts";

/** Which aggregate, by the names that the model has now. */
export interface Address {
  readonly context: string;
  readonly aggregate: string;
  readonly id: string;
}

/** The moment that is asked for: after so many events, or at a time; now, where nothing is said. */
export type Moment = { readonly revision: number } | { readonly time: string } | "now";

/** An aggregate as it was. */
export interface Picture {
  readonly id: string;
  readonly state: unknown;
  readonly revision: number;
  readonly hasEnded: boolean;
  readonly owner: string | null;
  /** When it became so. */
  readonly since: string;
}

/** Reads `at=3` or `at=2026-01-31T09:30:00Z`; undefined where it is neither. */
export function readMoment(at: unknown): Moment | undefined {
  if (at === undefined) return "now";
  if (typeof at !== "string") return undefined;
  if (/^\d{1,15}$/.test(at)) return { revision: Number(at) };
  const faults: Fault[] = [];
  const time = checkTimestamp(at, faults);
  return typeof time === "string" && faults.length === 0 ? { time } : undefined;
}

/**
 * An aggregate as it was, for somebody who may see every event that made it so: whoever is kept from one of them could read it out of the state. Everybody else is
 * told no more than that they are not allowed to.
 */
export async function pictureOf(services: Services, address: Address, moment: Moment, user: User): Promise<Picture | Problem> {
  const found = await historyOf(services, address, user);
  if ("type" in found) return found;
  const { kind, history, isVisible } = found;
  const events = history.filter((event) => isUpTo(moment, event));
  const last = events.at(-1);
  if (last === undefined || (isRevision(moment) && events.length < moment.revision))
    return problem("not-found", sentenceOf(kind, moment, history.length));
  for (const event of events) if (!(await isVisible(event))) return notAllowed(kind);

  const { id, state, revision, hasEnded, owner } = applyAll(kind, beforeTheFirstEvent(kind, address.id), events);
  return { id, state, revision, hasEnded, owner, since: last.metadata.timestamp };
}

/** The events of an aggregate after a revision that the user may see: what happened, who did it, and by which command. */
export async function visibleHistory(
  services: Services,
  address: Address,
  after: number,
  limit: number,
  user: User,
): Promise<readonly Event[] | Problem> {
  const found = await historyOf(services, address, user);
  if ("type" in found) return found;
  const visible: Event[] = [];
  for (const event of found.history) {
    if (event.metadata.revision > after && visible.length < limit && (await found.isVisible(event))) visible.push(event);
  }
  return visible;
}

async function historyOf(services: Services, address: Address, user: User) {
  const { context, aggregate, id } = address;
  const kind: AnyAggregate | undefined = services.application.aggregates.find((one) => one.context === context && one.name === aggregate);
  if (kind === undefined) return problem("not-found", `There is no aggregate ${context}.${aggregate}.`.slice(0, 300));
  if (Object.values(kind.isAuthorized.events).every((rules) => rules === undefined || rules.length === 0)) return notAllowed(kind);

  const history = await services.log.history(address, 0);
  if (history.length === 0) return problem("does-not-exist", `This ${inWords(aggregate)} does not exist.`);
  return { kind, history, isVisible: visibleTo(user, services), id };
}

function isUpTo(moment: Moment, { metadata }: Event): boolean {
  if (moment === "now") return true;
  return isRevision(moment) ? metadata.revision <= moment.revision : metadata.timestamp <= moment.time;
}

function isRevision(moment: Moment): moment is { readonly revision: number } {
  return moment !== "now" && "revision" in moment;
}

function sentenceOf({ name }: AnyAggregate, moment: Moment, revisions: number): string {
  return isRevision(moment) ? `This ${inWords(name)} has the revisions 1 to ${revisions}.` : `This ${inWords(name)} did not exist yet.`;
}

function notAllowed({ name }: AnyAggregate): Problem {
  return problem("not-allowed", `You are not allowed to see all that happened to this ${inWords(name)}.`);
}
