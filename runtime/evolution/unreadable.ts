import type { EventLog, StoredName } from "../store/event-log.ts";
import type { Event } from "../protocol/event.ts";
import { addressesOf, storedAddress, type Address, type EvolvingEvent, type EvolvingKind } from "./kind.ts";
import { cureOfUnknown } from "./unreadable-event.ts";

/** Stored events that the model of now cannot read, or not wholly. */
export interface Unreadable {
  /** As they are stored. */
  readonly event: string;
  readonly count: number;
  /** The position of the first. */
  readonly since: number;
  /** What is wrong, as the end of a sentence that begins with the event. */
  readonly reason: string;
  /** What to write in the model. */
  readonly cure: string;
}

/** So many events are counted at a time: about ten milliseconds of the log, between two of which others have their turn. */
const countedAtOnce = 20_000;

/** Goes through the log once, and says which of its events the model cannot read. Of each name and version, the oldest event is looked into, too. */
export async function unreadableIn(
  log: Pick<EventLog, "head" | "names" | "read">,
  kinds: readonly EvolvingKind[],
  signal: AbortSignal,
): Promise<readonly Unreadable[]> {
  const { position: head } = await log.head();
  const names = new Map<string, StoredName>();
  for (let after = 0; after < head && !signal.aborted; after += countedAtOnce) {
    for (const name of await log.names(after, Math.min(head, after + countedAtOnce))) add(names, name);
  }
  const found = await Promise.all([...names.values()].map((name) => unreadable(name, log, kinds, signal)));
  return found.filter((one) => one !== undefined).sort((left, right) => left.since - right.since);
}

function add(names: Map<string, StoredName>, name: StoredName): void {
  const key = JSON.stringify([name.context, name.aggregate, name.name, name.version]);
  const known = names.get(key);
  names.set(key, known === undefined ? name : { ...known, count: known.count + name.count });
}

async function unreadable(
  stored: StoredName,
  log: Pick<EventLog, "read">,
  kinds: readonly EvolvingKind[],
  signal: AbortSignal,
): Promise<Unreadable | undefined> {
  const trouble = troubleWith(stored, kinds);
  if (trouble.kind === "unknown") return told(stored, trouble);
  const [event] = signal.aborted ? [] : await log.read(stored.first - 1, 1);
  const fault = event && incomplete(event, trouble.event, stored.count);
  return fault && told(stored, fault);
}

function told({ context, aggregate, name, count, first }: StoredName, { reason, cure }: Omit<Unknown, "kind">): Unreadable {
  return { event: `${context}.${aggregate}.${name}`, count, since: first, reason, cure };
}

interface Unknown {
  readonly kind: "unknown";
  readonly reason: string;
  readonly cure: string;
}

type Trouble = Unknown | { readonly kind: "known"; readonly event: EvolvingEvent };

function troubleWith(stored: StoredName, kinds: readonly EvolvingKind[]): Trouble {
  const kind = kinds.find((candidate) => addressesOf(candidate).some((address) => isSame(address, stored)));
  if (kind === undefined) return unknownAggregate(stored);
  if (!isSame(storedAddress(kind), stored)) return underAnotherName(stored, kind);

  const [name, event] = Object.entries(kind.events).find(([now, { was = [] }]) => [now, ...was].includes(stored.name)) ?? [];
  if (name === undefined || event === undefined) return unknownEvent(stored);
  return stored.version > event.version ? fromTheFuture(stored, event) : { kind: "known", event };
}

function isSame(address: Address, { context, aggregate }: Address): boolean {
  return address.context === context && address.aggregate === aggregate;
}

function unknownEvent({ name }: StoredName): Unknown {
  return { kind: "unknown", reason: "which the model does not know", cure: cureOfUnknown(name) };
}

function unknownAggregate({ context, aggregate }: StoredName): Unknown {
  const cure = `If it has another name now, write "aggregate NAME was ${aggregate}" (or "context NAME was ${context}"); if it is no more, keep it with "retired event" for each of its events.`;
  return { kind: "unknown", reason: `but the model has no aggregate ${context}.${aggregate}`, cure };
}

function underAnotherName({ context, aggregate }: StoredName, kind: EvolvingKind): Unknown {
  const { context: oldest, aggregate: oldestName } = storedAddress(kind);
  const cure = `An aggregate's events lie under its oldest name. If ${context}.${aggregate} is older than ${oldest}.${oldestName}, name it last behind "was".`;
  return { kind: "unknown", reason: `but the others of ${kind.name} lie under ${oldest}.${oldestName}`, cure };
}

function fromTheFuture({ version }: StoredName, event: EvolvingEvent): Unknown {
  const cure = "Start the application with the model that wrote them.";
  return { kind: "unknown", reason: `of version ${version}, but the model knows it up to version ${event.version}`, cure };
}

/** What every event of now has, and this one has not, which is the oldest of so many. */
function incomplete(event: Event, { fields }: EvolvingEvent, count: number): Omit<Unknown, "kind"> | undefined {
  const failure = failureOf(event);
  if (failure !== undefined) return { reason: "which cannot be made current", cure: failure };
  const missing = Object.keys(fields).find((name) => (event.data as Readonly<Record<string, unknown>> | null)?.[name] === undefined);
  if (missing === undefined) return undefined;
  const cure = `Say what old events mean: give the field a default (${missing}: … = …), or its former name (${missing}: … was OLD).`;
  const which = count === 1 ? "which lacks" : "of which at least the oldest lacks";
  return { reason: `${which} the field ${missing}`, cure };
}

function failureOf(event: Event): string | undefined {
  try {
    void event.data;
    return undefined;
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure);
  }
}

/** "12 events communication.message.posted since position 3, which the model does not know. If it …" */
export function sentenceOf({ event, count, since, reason, cure }: Unreadable): string {
  return `The log has ${count === 1 ? "an event" : `${count} events`} ${event}, since position ${since}, ${reason}. ${cure}`;
}
