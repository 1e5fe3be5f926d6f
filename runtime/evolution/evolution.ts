import type { Event } from "../protocol/event.ts";
import { addressesOf, storedAddress, type Address, type EvolvingEvent, type EvolvingKind } from "./kind.ts";
import { UnreadableEvent } from "./unreadable-event.ts";
import { currentFields, type MakeCurrent } from "./make-current.ts";

/** How events that were stored under older models are to be read, and where those of renamed kinds lie. */
export interface Evolution {
  /** A stored event as the model has it now; the very same where nothing about it has changed. */
  current(event: Event): Event;
  /** Where the events of a kind lie that is called this now: the very same where it was always called so. */
  stored(address: Address): Address;
  /** What a kind is called now whose events lie here. */
  named(address: Address): Address;
}

interface CurrentKind {
  readonly now: Address;
  readonly stored: Address;
  readonly isRenamed: boolean;
  /** By every name that each ever had; events that stay as they are do not stand here. */
  readonly events: ReadonlyMap<string, CurrentEvent>;
}

interface CurrentEvent {
  readonly name: string;
  readonly version: number;
  readonly upgrades: EvolvingEvent["upgrades"];
  readonly makeCurrent: MakeCurrent | undefined;
}

/** Undefined where every event is to be read as it is, so that nothing is asked of anybody. */
export function evolutionOf(kinds: readonly EvolvingKind[]): Evolution | undefined {
  const all = kinds.map((kind) => [kind, currentKind(kind)] as const);
  if (all.every(([, { isRenamed, events }]) => !isRenamed && events.size === 0)) return undefined;

  const byStored = new Map<string, Map<string, CurrentKind>>();
  // The names of now come last, so that they win over former names of others.
  for (const [kind, current] of all) for (const address of addressesOf(kind).slice(1)) put(byStored, address, current);
  for (const [, current] of all) put(byStored, current.now, current);
  const find = ({ context, aggregate }: Address) => byStored.get(context)?.get(aggregate);

  return {
    current(event) {
      const kind = byStored.get(event.context.name)?.get(event.aggregate.name);
      return kind === undefined ? event : currentEvent(kind, event);
    },
    stored(address) {
      const kind = find(address);
      return kind?.isRenamed ? kind.stored : address;
    },
    named(address) {
      const kind = find(address);
      return kind?.isRenamed ? kind.now : address;
    },
  };
}

function put(kinds: Map<string, Map<string, CurrentKind>>, { context, aggregate }: Address, kind: CurrentKind): void {
  kinds.set(context, (kinds.get(context) ?? new Map<string, CurrentKind>()).set(aggregate, kind));
}

function currentKind(kind: EvolvingKind): CurrentKind {
  const now = { context: kind.context, aggregate: kind.name };
  const events = Object.entries(kind.events).flatMap(([name, { was = [], fields, version, upgrades }]) => {
    const makeCurrent = currentFields(fields);
    if (was.length === 0 && makeCurrent === undefined && upgrades === undefined) return [];
    const event: CurrentEvent = { name, version, upgrades, makeCurrent };
    return [...was, name].map((known) => [known, event] as const);
  });
  return { now, stored: storedAddress(kind), isRenamed: addressesOf(kind).length > 1, events: new Map(events) };
}

function currentEvent({ now, isRenamed, events }: CurrentKind, event: Event): Event {
  const known = events.get(event.name);
  if (known === undefined) return isRenamed ? named(event, now, event.name) : event;
  const { name, version, upgrades, makeCurrent } = known;
  const complete = makeCurrent?.(event.data) ?? event.data;
  const isOlder = upgrades !== undefined && event.metadata.version < version;
  if (complete === event.data && name === event.name && !isRenamed && !isOlder) return event;

  const renamed = { ...named(event, now, name), data: complete };
  return isOlder ? upgraded(renamed, known) : renamed;
}

function named(event: Event, { context, aggregate }: Address, name: string): Event {
  return { ...event, context: { name: context }, aggregate: { name: aggregate, id: event.aggregate.id }, name };
}

/** Where an upgrade fails, the event is there without data: whoever asks for them hears why, and all others go on. */
function upgraded(event: Event, { version, upgrades, makeCurrent }: CurrentEvent): Event {
  const { data, ...envelope } = event;
  const metadata = { ...event.metadata, version };
  try {
    let current = data;
    for (let from = event.metadata.version; from < version; from++)
      current = upgrades?.[from]?.(current as object as never, envelope) ?? current;
    return { ...envelope, data: makeCurrent?.(current) ?? current, metadata };
  } catch (failure) {
    return withoutData({ ...envelope, metadata }, failure);
  }
}

function withoutData(event: Omit<Event, "data">, failure: unknown): Event {
  const reason = failure instanceof Error ? failure.message : String(failure);
  return Object.defineProperty({ ...event, data: undefined }, "data", {
    enumerable: true,
    get(): never {
      throw new UnreadableEvent(event, `its upgrade failed (${reason.replace(/\.$/, "")})`, "Correct the upgrade, then start again.");
    },
  });
}
