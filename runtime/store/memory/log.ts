import type { Event } from "../../protocol/event.ts";
import type { Problem } from "../../protocol/problem.ts";
import type { Append, Appended, EventLog, StoredName } from "../event-log.ts";
import { eventsOf } from "../events-of.ts";
import type { Snapshot } from "../snapshot.ts";
import { StoreFailure } from "../store-failure.ts";
import { ClaimMap } from "../claim-map.ts";

type Repeated = Appended & { readonly kind: "repeated" };

/** The log without a disk, for tests and trials: everything a log promises, but the memory of it ends with the process. */
export function openMemoryLog(world: { newId(): string }): EventLog {
  const incarnation = world.newId();
  const events: Event[] = [];
  const histories = new Map<string, Event[]>();
  const outcomes = new Map<string, Repeated>();
  const snapshots = new Map<string, Snapshot>();
  const claims = new ClaimMap();
  const listeners = new Set<(position: number) => void>();
  let closed = false;

  function appendOne(append: Append): Appended {
    const { context, aggregate, aggregateId, command, expectedRevision, basedOn } = append;
    const known = outcomes.get(command.id);
    if (known !== undefined) return known;

    const history = histories.get(keyOf(context, aggregate, aggregateId)) ?? [];
    const replaced = basedOn !== undefined && history.at(-1)?.metadata.commandId !== basedOn;
    if (history.length !== expectedRevision || replaced) return { kind: "conflict", revision: history.length };

    const taken = claims.firstTaken(append);
    if (taken !== undefined) return reject(append, taken.taken);
    claims.claim(append);
    return remember(append, history);
  }

  function reject({ command: { digest, id } }: Append, problem: Problem): Appended {
    outcomes.set(id, { kind: "repeated", digest, answer: { problem } });
    return { kind: "rejected", problem };
  }

  function remember(append: Append, history: Event[]): Appended {
    const { digest, id, outcome } = append.command;
    if (outcome.kind === "rejected") return reject(append, outcome.problem);

    const added = eventsOf(append, events.length + 1);
    history.push(...added);
    events.push(...added);
    if (added.length > 0) histories.set(keyOf(append.context, append.aggregate, append.aggregateId), history);
    const handled = { position: events.length, revision: history.length, events: added.map(({ name }) => name) };
    outcomes.set(id, { kind: "repeated", digest, answer: { handled } });
    return { kind: "appended", handled };
  }

  async function whileOpen<Result>(work: () => Result): Promise<Result> {
    if (closed) throw new StoreFailure("closed", "The event log is closed.", "Open it again.");
    return work();
  }

  return {
    append: (batch) =>
      whileOpen(() => {
        claims.confirm();
        const before = events.length;
        const results = batch.map(appendOne);
        if (events.length > before) for (const listener of listeners) listener(events.length);
        return results;
      }),
    history: ({ context, aggregate, id }, after) => whileOpen(() => (histories.get(keyOf(context, aggregate, id)) ?? []).slice(after)),
    recall: ({ context, aggregate, id }, shape) =>
      whileOpen(() => {
        const key = keyOf(context, aggregate, id);
        const snapshot = snapshots.get(key);
        const history = histories.get(key) ?? [];
        return snapshot?.shape === shape ? { snapshot, events: history.slice(snapshot.revision) } : { events: history.slice() };
      }),
    keepSnapshot: ({ context, aggregate, id }, snapshot) =>
      whileOpen(() => {
        const key = keyOf(context, aggregate, id);
        const kept = snapshots.get(key);
        if (kept?.shape !== snapshot.shape || kept.revision < snapshot.revision) snapshots.set(key, snapshot);
      }),
    histories: (kind, after, limit) => whileOpen(() => historiesOf(kind, events).filter(isAfter(after)).slice(0, limit)),
    read: (after, limit) => whileOpen(() => events.slice(after, after + limit)),
    names: (after, to) => whileOpen(() => namesOf(events.slice(after, to))),
    outcome: (commandId) => whileOpen(() => outcomes.get(commandId)),
    head: () => whileOpen(() => ({ position: events.length, incarnation })),
    claims: claims.manage(() => events.length),
    onGrown(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      listeners.clear();
    },
  };
}

function historiesOf(kind: { readonly context: string; readonly aggregate: string }, events: readonly Event[]): Event[] {
  const ofKind = events.filter(({ context, aggregate }) => context.name === kind.context && aggregate.name === kind.aggregate);
  return ofKind.sort((left, right) => (left.aggregate.id < right.aggregate.id ? -1 : left.aggregate.id > right.aggregate.id ? 1 : 0));
}

function namesOf(events: readonly Event[]): StoredName[] {
  const groups = Map.groupBy(events, ({ context, aggregate, name, metadata }) =>
    JSON.stringify([context.name, aggregate.name, name, metadata.version]),
  );
  return [...groups.values()].map(([first, ...others]) => {
    const { context, aggregate, name, metadata } = first!;
    const { version, position } = metadata;
    return { context: context.name, aggregate: aggregate.name, name, version, count: 1 + others.length, first: position };
  });
}

function isAfter(place: { readonly id: string; readonly revision: number } | undefined): (event: Event) => boolean {
  if (place === undefined) return () => true;
  const { id, revision } = place;
  return ({ aggregate, metadata }) => aggregate.id > id || (aggregate.id === id && metadata.revision > revision);
}

function keyOf(context: string, aggregate: string, id: string): string {
  return `${context}.${aggregate}.${id}`;
}
