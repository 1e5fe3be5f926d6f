import type { Event } from "../protocol/event.ts";
import type { Mark, Marked } from "../protocol/mark.ts";
import type { ProblemType } from "../protocol/problem.ts";

/** One instance of a flow as its reactions see it: they change its state, run commands, and set timers. */
export interface ForReactions<State, Commands, Timer extends string> {
  /** Of what there is an instance for; in a flow that keeps nothing, of the aggregate whose event it reacts to. */
  readonly id: string;
  readonly state: State;
  setState(changes: Partial<State>): void;
  /** Runs a command by its full name, once what this reaction did is stored. */
  run<Name extends keyof Commands & string>(name: Name, command: { readonly on: string; readonly data: Commands[Name] }): void;
  /** An id for an aggregate that a command is to begin. Whenever this reaction is repeated, it is the same one. */
  newId(): string;
  /** Sets a timer, in the place of the one of this name: after an ISO 8601 duration from now on, or at a timestamp. */
  schedule(timer: Timer, due: { readonly in: string } | { readonly at: string }): void;
  cancel(timer: Timer): void;
  /** This instance hears of nothing any more, its timers included. What it ran already is carried out. */
  end(): void;
}

/** A command that an instance ran. */
export interface RanCommand<Data> {
  readonly id: string;
  readonly context: { readonly name: string };
  readonly aggregate: { readonly name: string; readonly id: string };
  readonly name: string;
  readonly data: Data;
}

/** Why a command was turned down: `reason` for people, `type` for code. */
export interface Rejection {
  readonly type: ProblemType;
  readonly reason: string;
}

export type OnEvent<State, Commands, Timer extends string, Data> = (
  flow: ForReactions<State, Commands, Timer>,
  event: Event<Data>,
  mark: Mark,
) => Marked;

export type OnRejection<State, Commands, Timer extends string, Data> = (
  flow: ForReactions<State, Commands, Timer>,
  command: RanCommand<Data>,
  rejection: Rejection,
  mark: Mark,
) => Marked;

export type OnTimer<State, Commands, Timer extends string> = (flow: ForReactions<State, Commands, Timer>, mark: Mark) => Marked;

/**
 * What a generated file says about one flow. `Events` and `Commands` map full names, `context.aggregate.name`, to the data they carry. A reaction
 * that throws, or is marked as rejected, stops the flow, until its code is mended.
 */
export interface FlowDefinition<State, Events, Commands, Timer extends string> {
  readonly name: string;
  /** What it was called before: it goes on with what is kept under such a name. */
  readonly was?: readonly string[];
  readonly description?: string;
  /** Whether it also reacts to what happened before it was written. */
  readonly isFromBeginning?: true;
  /** For which instance an event is. A flow without it keeps nothing between events. */
  readonly identity?: { readonly [Name in keyof Events]: (event: Event<Events[Name]>) => string };
  /** What an instance begins with. */
  readonly initialState: State;
  readonly when: { readonly [Name in keyof Events]: OnEvent<State, Commands, Timer, Events[Name]> };
  /** Commands that the instance ran, and that were turned down. */
  readonly whenRejected?: { readonly [Name in keyof Commands]?: OnRejection<State, Commands, Timer, Commands[Name]> };
  readonly whenDue?: { readonly [Name in Timer]?: OnTimer<State, Commands, Timer> };
}

/** A definition of whatever kind. It is used at its own types only where it was generated; `any` is the only type that all kinds fit. */
export type SomeFlowDefinition = FlowDefinition<any, any, any, any>;
