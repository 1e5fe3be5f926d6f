import type { EventLog } from "../store/event-log.ts";
import type { Snapshot } from "../store/snapshot.ts";
import { applyAll, beforeTheFirstEvent, type AggregateState } from "./aggregate-state.ts";
import type { Kind } from "./vocabulary.ts";

export interface Revived {
  readonly state: AggregateState;
  /** The revision of the snapshot it was revived from, 0 without one. */
  readonly snapshotAt: number;
}

/** An aggregate as its history left it, by way of its last snapshot. */
export async function revive(log: EventLog, kind: Kind, id: string): Promise<Revived> {
  const { definition, shape } = kind;
  const fresh = beforeTheFirstEvent(definition, id);
  const { snapshot, events } = await log.recall({ context: definition.context, aggregate: definition.name, id }, shape);
  if (snapshot === undefined) return { state: applyAll(definition, fresh, events), snapshotAt: 0 };

  const kept = { ...fresh, ...(JSON.parse(snapshot.state) as object), revision: snapshot.revision };
  return { state: applyAll(definition, kept, events), snapshotAt: snapshot.revision };
}

export function snapshotOf({ state, hasEnded, owner, revision }: AggregateState, { shape }: Kind): Snapshot {
  return { shape, revision, state: JSON.stringify({ state, hasEnded, owner }) };
}
