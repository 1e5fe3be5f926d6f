import type { Event } from "../protocol/event.ts";
import type { User } from "../protocol/user.ts";
import { beforeTheFirstEvent, type AnyAggregate } from "../write/aggregate-state.ts";
import { isAllowed } from "../write/authorise.ts";
import { Past } from "./past.ts";
import type { Services } from "./services.ts";

/** Tells which events one user may see: those that the model shows to somebody like them, by what was so as of the event. Closed by default. */
export function visibleTo(
  user: User,
  { application, log }: Pick<Services, "application" | "log">,
  past: Past = new Past(log),
): (event: Event) => Promise<boolean> {
  const kinds = new Map<string, AnyAggregate>(application.aggregates.map((kind) => [`${kind.context}.${kind.name}`, kind]));

  return async (event) => {
    const { context, aggregate, name } = event;
    const kind = kinds.get(`${context.name}.${aggregate.name}`);
    const rules = kind && Object.hasOwn(kind.isAuthorized.events, name) ? kind.isAuthorized.events[name] : undefined;
    if (!kind || !rules || rules.length === 0) return false;
    const stateless = rules.filter(({ who, where }) => who !== "owner" && !where);
    if (isAllowed(stateless, beforeTheFirstEvent(kind, aggregate.id), user)) return true;

    return stateless.length < rules.length && isAllowed(rules, await past.asOf(kind, event), user);
  };
}
