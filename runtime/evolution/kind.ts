import type { Fields } from "../protocol/field.ts";
import type { Upgrade } from "./upgrade.ts";

/** What a kind of aggregate and its events are called, were called, and have become. Former names stand in the order from the latest to the oldest. */
export interface EvolvingKind {
  readonly context: string;
  readonly contextWas?: readonly string[];
  readonly name: string;
  readonly was?: readonly string[];
  readonly events: { readonly [name: string]: EvolvingEvent };
}

export interface EvolvingEvent {
  readonly was?: readonly string[];
  readonly fields: Fields;
  readonly version: number;
  /** By the version that each begins from. */
  readonly upgrades?: { readonly [from: number]: Upgrade<unknown> };
}

/** Where a kind's events lie in the log. */
export interface Address {
  readonly context: string;
  readonly aggregate: string;
}

/** The address under which a kind's events are stored: that of its oldest names, so that what was stored under it stays where it is. */
export function storedAddress({ context, contextWas, name, was }: EvolvingKind): Address {
  return { context: contextWas?.at(-1) ?? context, aggregate: was?.at(-1) ?? name };
}

/** Every address that a kind has ever had, the one of now first. */
export function addressesOf({ context, contextWas = [], name, was = [] }: EvolvingKind): readonly Address[] {
  return [context, ...contextWas].flatMap((one) => [name, ...was].map((aggregate) => ({ context: one, aggregate })));
}
