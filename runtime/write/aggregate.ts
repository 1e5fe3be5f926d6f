import type { Upgrade } from "../evolution/upgrade.ts";
import type { Command } from "../protocol/command.ts";
import type { Event } from "../protocol/event.ts";
import type { FieldsOf } from "../protocol/field.ts";
import type { User } from "../protocol/user.ts";
import type { Mark, Marked } from "../protocol/mark.ts";

/** One aggregate as its commands see it: they read the state and publish events, and never change the state themselves. */
export interface ForCommands<State, Events> {
  readonly id: string;
  /** The state as of the last event, those that this command has published included. */
  readonly state: State;
  readonly events: {
    publish<Name extends keyof Events & string>(name: Name, data: Events[Name]): void;
  };
}

/** One aggregate as its events see it: they change the state. */
export interface ForEvents<State> {
  readonly id: string;
  readonly state: State;
  setState<Name extends keyof State>(changes: Pick<State, Name>): void;
  /** Whom it belongs to from now on; null for nobody. */
  setOwner(id: string | null): void;
  /** Nothing is accepted afterwards: whoever asks hears that it has ended. */
  end(): void;
}

/** Who may do or see a thing. One rule that allows is enough; what no rule allows nobody may. */
export interface Rule<State> {
  readonly who: "everyone" | "authenticated" | "owner" | { readonly role: string };
  where?(aggregate: { readonly id: string; readonly state: State }, user: User): boolean;
}

export interface CommandDefinition<State, Events, Data> {
  /** Which aggregates it works on: those that exist, those that do not yet, or both. */
  readonly on: "existing" | "new" | "any";
  /** What it was called before; who still calls it so is understood. */
  readonly was?: readonly string[];
  readonly fields: FieldsOf<Data>;
  handle(aggregate: ForCommands<State, Events>, command: Command<Data>, mark: Mark): Marked;
}

export interface EventDefinition<State, Data> {
  /** What it was called before, the latest name first: what was stored so is read as this. */
  readonly was?: readonly string[];
  /** Nobody publishes it any more. */
  readonly retired?: true;
  readonly fields: FieldsOf<Data>;
  /** One more than the version that the last upgrade begins from. */
  readonly version: number;
  /** By version, what leads from it to the next. */
  readonly upgrades?: { readonly [from: number]: Upgrade<unknown> };
  apply(aggregate: ForEvents<State>, event: Event<Data>): void;
}

/** Why a command is turned down, in the model's words; those may hold values of the state that the command would have led to. */
export type Reason<State> = string | ((aggregate: { readonly id: string; readonly state: State }) => string);

/** What must hold at the end of every command. One that was broken before does not block the command. */
export interface Invariant<State> {
  readonly reason: Reason<State>;
  holds(aggregate: { readonly id: string; readonly state: State }): boolean;
}

/** No two living aggregates of the kind have the same value in this field; `none` is never the same as anything. */
export interface Unique<State> {
  readonly field: keyof State & string;
  readonly reason: Reason<State>;
}

/** What a generated file of the write model says about one kind of aggregate. */
export interface AggregateDefinition<State, Commands, Events> {
  readonly context: string;
  /** What the context, and the aggregate, were called before, the latest name first. Their events stay where they are, under the oldest. */
  readonly contextWas?: readonly string[];
  readonly name: string;
  readonly was?: readonly string[];
  readonly fields: FieldsOf<State>;
  /** What is known before the first event; the fields that are missing are set by every event that can be the first. */
  readonly initialState: Partial<State>;
  readonly commands: { readonly [Name in keyof Commands]: CommandDefinition<State, Events, Commands[Name]> };
  readonly events: { readonly [Name in keyof Events]: EventDefinition<State, Events[Name]> };
  readonly invariants?: readonly Invariant<State>[];
  readonly unique?: readonly Unique<State>[];
  readonly isAuthorized: {
    readonly commands: { readonly [Name in keyof Commands]?: readonly Rule<State>[] };
    readonly events: { readonly [Name in keyof Events]?: readonly Rule<State>[] };
  };
}

/** A definition of whatever kind. It is used at its own types only where it was generated; `any` is the only type that all kinds fit. */
export type SomeAggregateDefinition = AggregateDefinition<any, any, any>;
