import { cureOfUnknown, UnreadableEvent } from "../evolution/unreadable-event.ts";
import type { Event } from "../protocol/event.ts";
import type { AggregateDefinition } from "./aggregate.ts";

/** An aggregate at one revision. Never changed: the next event makes the next one. */
export interface AggregateState<State = unknown> {
  readonly id: string;
  readonly state: State;
  /** 0 as long as it does not exist. */
  readonly revision: number;
  readonly hasEnded: boolean;
  /** Who published the first event, or whom an event since has given it to; null where nobody did yet, or somebody anonymous. */
  readonly owner: string | null;
}

/** An aggregate of any kind: what its state and events are, only its own generated code knows. */
export type AnyAggregate = AggregateDefinition<unknown, Record<string, unknown>, Record<string, unknown>>;

export function beforeTheFirstEvent(definition: AnyAggregate, id: string): AggregateState {
  return { id, state: definition.initialState, revision: 0, hasEnded: false, owner: null };
}

/** The aggregate after one more event. Throws where the event or its code is broken, which is a fault of the program, not of a user. */
export function apply(definition: AnyAggregate, before: AggregateState, event: Event): AggregateState {
  const eventDefinition = Object.hasOwn(definition.events, event.name) ? definition.events[event.name] : undefined;
  if (eventDefinition === undefined) throw new UnreadableEvent(event, "the model does not know it", cureOfUnknown(event.name));

  let { state, hasEnded } = before;
  let owner = before.revision === 0 ? event.user.id : before.owner;
  const forEvents = {
    id: before.id,
    get state() {
      return state;
    },
    setState(changes: Partial<unknown>) {
      state = Object.assign({}, state, changes);
    },
    setOwner(id: string | null) {
      owner = id;
    },
    end() {
      hasEnded = true;
    },
  };
  eventDefinition.apply(forEvents, event);

  return { id: before.id, state, revision: before.revision + 1, hasEnded, owner };
}

export function applyAll(definition: AnyAggregate, before: AggregateState, events: readonly Event[]): AggregateState {
  return events.reduce((current, event) => apply(definition, current, event), before);
}

/** What an event or a command is called outside of its aggregate. */
export function fullName(definition: { readonly context: string; readonly name: string }, name: string): string {
  return `${definition.context}.${definition.name}.${name}`;
}
