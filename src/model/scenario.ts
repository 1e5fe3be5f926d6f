import type { Assignment, Expression } from "./expression.ts";
import type { CommandName, EventName } from "./names.ts";
import type { Place } from "./place.ts";

/** A story that the application has to live up to. Values are constants, or the names of instances and people. */
export interface Scenario {
  readonly kind: "scenario";
  readonly title: string;
  readonly description?: string;
  readonly steps: readonly Step[];
  readonly place: Place;
}

/** `instance` tells aggregates of one kind apart; absent, there is one of each. */
export type Step = { readonly place: Place } & (
  | {
      readonly kind: "given-event";
      readonly event: EventName;
      readonly instance?: string;
      readonly as?: Person;
      readonly data: readonly Assignment[];
    }
  | { readonly kind: "pass"; readonly duration: Expression }
  | {
      readonly kind: "command";
      readonly command: CommandName;
      readonly instance?: string;
      readonly as?: Person;
      readonly data: readonly Assignment[];
    }
  | { readonly kind: "then-event"; readonly event: EventName; readonly instance?: string; readonly data: readonly Assignment[] }
  | { readonly kind: "then-run"; readonly command: CommandName; readonly data: readonly Assignment[] }
  | { readonly kind: "then-list"; readonly list: string; readonly has: boolean; readonly data: readonly Assignment[] }
  | { readonly kind: "then-empty"; readonly list: string }
  | { readonly kind: "then-rejected"; readonly reason?: string }
  | { readonly kind: "then-not"; readonly what: "allowed" | "valid" }
  | { readonly kind: "then-nothing" }
);

/** Who acts. Absent: an anonymous user. */
export interface Person {
  readonly name?: string;
  readonly role?: string;
}
