import type { Append, Appended } from "../event-log.ts";
import { ClaimMap } from "../claim-map.ts";
import { appendedAt } from "../outcome-row.ts";
import type { Problem } from "../../protocol/problem.ts";
import type { WrittenClaim, Written } from "./batch-columns.ts";

export type Repeated = Appended & { readonly kind: "repeated" };

/** Where an aggregate stands, and the command that brought it there. */
export interface Last {
  readonly revision: number;
  readonly commandId: string | null;
}

/** All of the log that a batch may collide with. */
export interface Facts {
  readonly position: number;
  readonly outcomes: Map<string, Repeated>;
  /** By `aggregateKey`; those that are missing do not exist. */
  readonly lasts: Map<string, Last>;
  readonly claims: ClaimMap;
}

export interface SettledBatch {
  readonly appended: readonly Appended[];
  /** What is to be written, in this order. */
  readonly written: readonly Written[];
  /** What is claimed and given up when all of it is written. */
  readonly claims: readonly WrittenClaim[];
}

/** Decides append by append what becomes of a batch, each on what the ones before it left. */
export function settleBatch(batch: readonly Append[], facts: Facts): SettledBatch {
  const written: Written[] = [];
  const claims = new Map<string, WrittenClaim>();
  let { position } = facts;

  function settle(append: Append): Appended {
    const { command, expectedRevision, basedOn } = append;
    const known = facts.outcomes.get(command.id);
    if (known !== undefined) return known;

    const last = facts.lasts.get(aggregateKey(append)) ?? { revision: 0, commandId: null };
    const isReplaced = basedOn !== undefined && basedOn !== last.commandId;
    if (last.revision !== expectedRevision || isReplaced) return { kind: "conflict", revision: last.revision };

    const taken = facts.claims.firstTaken(append);
    return remember(append, taken === undefined ? append : rejected(append, taken.taken));
  }

  function remember(append: Append, outcome: Append): Appended {
    const { command, expectedRevision, events } = outcome;
    position += events.length;
    written.push(outcome);
    const appended = appendedAt(position, outcome);
    facts.outcomes.set(command.id, repetitionOf(appended, command.digest));
    if (events.length > 0) facts.lasts.set(aggregateKey(append), { revision: expectedRevision + events.length, commandId: command.id });
    facts.claims.claim(outcome);
    for (const { field, value } of outcome.claims ?? []) {
      const { context, aggregate, aggregateId } = append;
      claims.set(JSON.stringify([context, aggregate, field, aggregateId]), { context, aggregate, field, value, aggregateId });
    }
    return appended;
  }

  return { appended: batch.map(settle), written, claims: [...claims.values()] };
}

export function aggregateKey({ context, aggregate, aggregateId }: Pick<Append, "context" | "aggregate" | "aggregateId">): string {
  return `${aggregateId} ${aggregate} ${context}`;
}

function rejected(append: Append, problem: Problem): Append {
  const { claims: _, ...rest } = append;
  return { ...rest, events: [], command: { ...append.command, outcome: { kind: "rejected", problem } } };
}

function repetitionOf(appended: Appended, digest: string): Repeated {
  if (appended.kind === "appended") return { kind: "repeated", digest, answer: { handled: appended.handled } };
  if (appended.kind === "rejected") return { kind: "repeated", digest, answer: { problem: appended.problem } };
  throw new Error(`An append that was written cannot have ended as a ${appended.kind}.`);
}
