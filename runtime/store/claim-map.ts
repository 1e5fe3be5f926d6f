import { mostSharedValues, type Claim, type Claims, type NewClaim, type SharedValue } from "./claim.ts";
import type { Append } from "./event-log.ts";
import { StoreFailure } from "./store-failure.ts";

/** Who holds which unique value, as far as it is in memory: in a log that is, or of one batch. */
export class ClaimMap {
  /** By kind, field and value. */
  #holders = new Map<string, string>();
  /** By aggregate and field, the key of what it holds. */
  #held = new Map<string, string>();
  #rules = "";
  #adopted: string | undefined;

  /** What is held before anything is claimed. */
  hold({ aggregateId, ...claim }: Claim): void {
    this.#take(claim, claim.field, claim.value, aggregateId);
  }

  /** The append's first claim whose value another aggregate holds. */
  firstTaken({ claims = [], ...append }: Append): NewClaim | undefined {
    return claims.find(({ field, value }) => {
      const holder = value === null ? undefined : this.#holders.get(keyOf(append, field, value));
      return holder !== undefined && holder !== append.aggregateId;
    });
  }

  claim({ claims = [], ...append }: Append): void {
    for (const { field, value } of claims) {
      const place = keyOf(append, field, append.aggregateId);
      this.#holders.delete(this.#held.get(place) ?? "");
      this.#held.delete(place);
      if (value !== null) this.#take(append, field, value, append.aggregateId);
    }
  }

  /** Throws where the claims are not complete any more by the rules that were adopted. */
  confirm(): void {
    if (this.#adopted === undefined || this.#adopted === this.#rules) return;
    throw new StoreFailure("superseded", "Another model uses this log whose unique fields are others, or come about otherwise.", "Start again with that model.");
  }

  manage(position: () => number): Claims {
    return {
      adopt: async (rules) => {
        if (rules === this.#rules) this.#adopted = rules;
        return rules === this.#rules;
      },
      replace: async (rules, claims) => {
        const before = position();
        const all: Claim[] = [];
        for await (const some of claims) all.push(...some);
        if (position() !== before) return { kind: "overtaken" };

        const values = sharedIn(all);
        if (values.length > 0) return { kind: "shared", values };
        this.#holders = new Map();
        this.#held = new Map();
        for (const claim of all) this.#take(claim, claim.field, claim.value, claim.aggregateId);
        this.#rules = rules;
        return { kind: "replaced" };
      },
    };
  }

  #take(kind: Kind, field: string, value: string, aggregateId: string): void {
    const key = keyOf(kind, field, value);
    this.#holders.set(key, aggregateId);
    this.#held.set(keyOf(kind, field, aggregateId), key);
  }
}

interface Kind {
  readonly context: string;
  readonly aggregate: string;
}

function keyOf({ context, aggregate }: Kind, field: string, last: string): string {
  return `${context}.${aggregate}.${field}.${last}`;
}

function sharedIn(claims: readonly Claim[]): SharedValue[] {
  const groups = Map.groupBy(claims, (claim) => keyOf(claim, claim.field, claim.value));
  return [...groups.values()]
    .filter(({ length }) => length > 1)
    .slice(0, mostSharedValues)
    .map((group) => {
      const ids = group.map(({ aggregateId }) => aggregateId).sort();
      const { context, aggregate, field, value } = group[0]!;
      return { context, aggregate, field, value, first: ids[0]!, last: ids.at(-1)!, count: ids.length };
    });
}
