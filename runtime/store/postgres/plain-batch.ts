import type { Append } from "../event-log.ts";
import type { Standing, WrittenClaim } from "./batch-columns.ts";

/** A batch in which no append stands in the way of another: whether all of it can be stored depends only on what the log says. */
export interface PlainBatch {
  /** Where each aggregate has to stand before the batch. */
  readonly standings: readonly Standing[];
  readonly claims: readonly WrittenClaim[];
}

interface Chain {
  readonly first: Standing;
  revision: number;
  lastCommand: string | undefined;
}

/** Undefined where a command comes twice, where appends to one aggregate do not follow each other, or where they claim or give up the same thing. */
export function plainBatch(batch: readonly Append[]): PlainBatch | undefined {
  const commands = new Set(batch.map(({ command }) => command.id));
  if (commands.size < batch.length) return undefined;

  const chains = new Map<string, Chain>();
  for (const append of batch) if (!follows(chains, append)) return undefined;

  const claims = batch.flatMap(claimsOf);
  if (claims.length > 0 && !areApart(claims)) return undefined;
  return { standings: Array.from(chains.values(), ({ first }) => first), claims };
}

/** Whether the append comes where the chain of its aggregate ends; it is then part of it. */
function follows(chains: Map<string, Chain>, append: Append): boolean {
  const { context, aggregate, aggregateId: id, expectedRevision: revision, basedOn, command, events } = append;
  const key = `${id} ${aggregate} ${context}`;
  const chain = chains.get(key);
  const lastCommand = events.length > 0 ? command.id : chain?.lastCommand;
  if (chain === undefined) {
    const first = { context, aggregate, id, revision, basedOn: basedOn ?? null };
    chains.set(key, { first, revision: revision + events.length, lastCommand });
    return true;
  }

  const isNext = chain.revision === revision && (basedOn === undefined || basedOn === (chain.lastCommand ?? chain.first.basedOn));
  chain.revision += events.length;
  chain.lastCommand = lastCommand;
  return isNext;
}

function claimsOf({ context, aggregate, aggregateId, claims = [] }: Append): readonly WrittenClaim[] {
  return claims.map(({ field, value }) => ({ context, aggregate, field, value, aggregateId }));
}

function areApart(claims: readonly WrittenClaim[]): boolean {
  const places = claims.map(({ context, aggregate, field, aggregateId }) => JSON.stringify([context, aggregate, field, aggregateId]));
  const taken = claims.filter(({ value }) => value !== null);
  const values = taken.map(({ context, aggregate, field, value }) => JSON.stringify([context, aggregate, field, value]));
  return new Set(places).size === places.length && new Set(values).size === values.length;
}
