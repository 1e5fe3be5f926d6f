import type { Event } from "../protocol/event.ts";
import type { Claim, Claims } from "../store/claim.ts";
import type { EventLog } from "../store/event-log.ts";
import type { Evolution } from "./evolution.ts";
import type { Address } from "./kind.ts";

/** A log as the model of now sees it: whatever it was called, it is found under its name of now, and what comes out is current. */
export function currentLog(log: EventLog, evolution: Evolution | undefined): EventLog {
  if (evolution === undefined) return log;
  const stored = <Part extends Address>(part: Part): Part => {
    const address = evolution.stored(part);
    return address === part ? part : { ...part, ...address };
  };
  const current = (events: readonly Event[]): readonly Event[] => events.map(evolution.current);

  return {
    append: (batch) => log.append(batch.map(stored)),
    history: async (aggregate, after) => current(await log.history(stored(aggregate), after)),
    async recall(aggregate, shape) {
      const recalled = await log.recall(stored(aggregate), shape);
      return { ...recalled, events: current(recalled.events) };
    },
    keepSnapshot: (aggregate, snapshot) => log.keepSnapshot(stored(aggregate), snapshot),
    histories: async (kind, after, limit) => current(await log.histories(stored(kind), after, limit)),
    read: async (after, limit) => current(await log.read(after, limit)),
    outcome: (commandId) => log.outcome(commandId),
    names: (after, to) => log.names(after, to),
    head: () => log.head(),
    claims: currentClaims(log.claims, evolution, stored),
    onGrown: (listener) => log.onGrown(listener),
    close: () => log.close(),
  };
}

function currentClaims(claims: Claims, { named }: Evolution, stored: (claim: Claim) => Claim): Claims {
  return {
    adopt: (rules) => claims.adopt(rules),
    async replace(rules, all) {
      const replaced = await claims.replace(rules, storedAll(all, stored));
      if (replaced.kind !== "shared") return replaced;
      return { kind: "shared", values: replaced.values.map((value) => ({ ...value, ...named(value) })) };
    },
  };
}

async function* storedAll(all: AsyncIterable<readonly Claim[]>, stored: (claim: Claim) => Claim): AsyncIterable<readonly Claim[]> {
  for await (const some of all) yield some.map(stored);
}
