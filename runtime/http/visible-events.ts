import type { Event } from "../protocol/event.ts";
import type { EventFilter } from "../protocol/socket.ts";
import type { User } from "../protocol/user.ts";
import type { EventLog } from "../store/event-log.ts";
import { apply, applyAll, beforeTheFirstEvent, type AggregateState, type AnyAggregate } from "../write/aggregate-state.ts";
import { isAllowed } from "../write/authorise.ts";
import type { Services } from "./services.ts";

/** Tells which events one user may see: those that the model shows to somebody like them, by what was so as of the event. Closed by default. */
export function visibleTo(user: User, { application, log }: Pick<Services, "application" | "log">): (event: Event) => Promise<boolean> {
  const kinds = new Map<string, AnyAggregate>(application.aggregates.map((kind) => [`${kind.context}.${kind.name}`, kind]));
  const past = new Past(log);

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

const mostRemembered = 1_000;

/** Aggregates as they were when something happened to them, for somebody who goes through the log in its order. */
class Past {
  readonly #log: EventLog;
  readonly #known = new Map<string, AggregateState>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  async asOf(kind: AnyAggregate, event: Event): Promise<AggregateState> {
    const key = `${kind.context}.${kind.name}.${event.aggregate.id}`;
    const state = await this.#after(kind, this.#known.get(key) ?? beforeTheFirstEvent(kind, event.aggregate.id), event);
    this.#known.delete(key);
    this.#known.set(key, state);
    if (this.#known.size > mostRemembered) this.#known.delete(this.#known.keys().next().value!);

    return state;
  }

  async #after(kind: AnyAggregate, known: AggregateState, event: Event): Promise<AggregateState> {
    const { revision } = event.metadata;
    if (known.revision === revision) return known;
    if (known.revision === revision - 1) return apply(kind, known, event);
    const from = known.revision < revision ? known : beforeTheFirstEvent(kind, event.aggregate.id);
    const address = { context: kind.context, aggregate: kind.name, id: event.aggregate.id };
    const missing = await this.#log.history(address, from.revision);

    return applyAll(
      kind,
      from,
      missing.filter(({ metadata }) => metadata.revision <= revision),
    );
  }
}

export function matches({ context, aggregate, aggregateId, name }: EventFilter, event: Event): boolean {
  return (
    (context === undefined || context === event.context.name) &&
    (aggregate === undefined || aggregate === event.aggregate.name) &&
    (aggregateId === undefined || aggregateId === event.aggregate.id) &&
    (name === undefined || name === event.name)
  );
}
