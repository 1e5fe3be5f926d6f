import type { Event } from "../protocol/event.ts";
import type { EventLog } from "../store/event-log.ts";
import { apply, applyAll, beforeTheFirstEvent, type AggregateState, type AnyAggregate } from "../write/aggregate-state.ts";

const mostRemembered = 1_000;

/** Aggregates as they were when something happened to them, for somebody who goes through the log in its order. */
export class Past {
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
