import type { Claim } from "../store/claim.ts";
import type { EventLog } from "../store/event-log.ts";
import { StoreFailure } from "../store/store-failure.ts";
import { apply, beforeTheFirstEvent, type AggregateState, type AnyAggregate } from "./aggregate-state.ts";
import { claimRules } from "./claim-rules.ts";
import { heldValue } from "./claims-of.ts";
import { NotUnique } from "./not-unique.ts";

const mostAttempts = 5;
const eventsAtOnce = 2_000;

/**
 * Sees to it that every unique value in the log is claimed. Where the model's unique fields are others than those the claims were made for, all are
 * made anew from the events, one aggregate in memory at a time. Throws `NotUnique` where several aggregates hold the same value.
 */
export async function makeClaims(definitions: readonly AnyAggregate[], log: EventLog): Promise<void> {
  const rules = claimRules(definitions);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    if (await log.claims.adopt(rules)) return;
    const replaced = await log.claims.replace(rules, claimsIn(definitions, log));
    if (replaced.kind === "shared") throw new NotUnique(replaced.values);
  }
  throw new StoreFailure(
    "locked",
    "Another process keeps appending to the log while its unique values are being collected.",
    "Stop that process, then start again.",
  );
}

async function* claimsIn(definitions: readonly AnyAggregate[], log: EventLog): AsyncIterable<readonly Claim[]> {
  for (const definition of definitions) if (definition.unique?.length) yield* claimsOfKind(definition, log);
}

async function* claimsOfKind(definition: AnyAggregate, log: EventLog): AsyncIterable<readonly Claim[]> {
  const { context, name: aggregate } = definition;
  let current: AggregateState | undefined;
  for (;;) {
    const events = await log.histories({ context, aggregate }, current, eventsAtOnce);
    const claims: Claim[] = [];
    for (const event of events) {
      const { id } = event.aggregate;
      if (current !== undefined && current.id !== id) claims.push(...claimsHeld(definition, current));
      current = apply(definition, current?.id === id ? current : beforeTheFirstEvent(definition, id), event);
    }
    if (events.length < eventsAtOnce && current !== undefined) claims.push(...claimsHeld(definition, current));
    yield claims;
    if (events.length < eventsAtOnce) return;
  }
}

function claimsHeld({ context, name, unique = [] }: AnyAggregate, holder: AggregateState): readonly Claim[] {
  return unique.flatMap(({ field }) => {
    const value = heldValue(holder, field);
    return value === null ? [] : [{ context, aggregate: name, field, value, aggregateId: holder.id }];
  });
}
