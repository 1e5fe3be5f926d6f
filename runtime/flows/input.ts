import type { Event } from "../protocol/event.ts";
import { mark, type Marked } from "../protocol/mark.ts";
import type { Problem } from "../protocol/problem.ts";
import { timeOf } from "../write/flow-id.ts";
import type { ForReactions, RanCommand, SomeFlowDefinition } from "./flow.ts";
import type { OutgoingCommand, Timer } from "./flow-store.ts";

/** What a flow reacts to. `now` is when it does so, in milliseconds since 1970. */
export type Input =
  | { readonly kind: "event"; readonly event: Event }
  | { readonly kind: "timer"; readonly timer: Timer; readonly now: number }
  | { readonly kind: "rejection"; readonly command: OutgoingCommand; readonly problem: Problem; readonly now: number };

/** Where whatever a reaction does comes from. */
export interface Cause {
  /** The same for the same input, and for no other. */
  readonly id: string;
  /** The time that the ids of what follows begin with. */
  readonly idTime: number;
  /** From when on timers are reckoned. */
  readonly time: number;
  readonly userId: string | null;
  readonly correlationId: string;
  readonly causationId: string;
}

type React = (flow: ForReactions<unknown, Record<string, unknown>, string>) => Marked;

export const nameOfEvent = ({ context, aggregate, name }: Event): string => `${context.name}.${aggregate.name}.${name}`;

export const nameOfCommand = ({ context, aggregate, name }: OutgoingCommand): string => `${context}.${aggregate}.${name}`;

/** For people: what the flow was about to react to. */
export function inWords(input: Input): string {
  if (input.kind === "event") return nameOfEvent(input.event);
  return input.kind === "timer" ? input.timer.name : `${nameOfCommand(input.command)} rejected`;
}

/** Which instance the input is for. */
export function instanceOf({ identity }: SomeFlowDefinition, input: Input): string {
  if (input.kind === "event") return identity === undefined ? input.event.aggregate.id : identity[nameOfEvent(input.event)]!(input.event);
  return input.kind === "timer" ? input.timer.instance : input.command.instance;
}

/** What the flow does about the input; nothing where the model does not say. */
export function reactionTo(flow: SomeFlowDefinition, input: Input): React | undefined {
  switch (input.kind) {
    case "event": {
      const when = own(flow.when, nameOfEvent(input.event));
      return when && ((instance) => when(instance, input.event, mark));
    }
    case "timer": {
      const whenDue = own(flow.whenDue, input.timer.name);
      return whenDue && ((instance) => whenDue(instance, mark));
    }
    case "rejection": {
      const whenRejected = own(flow.whenRejected, nameOfCommand(input.command));
      const { type, detail } = input.problem;
      return whenRejected && ((instance) => whenRejected(instance, ranCommand(input.command), { type, reason: detail }, mark));
    }
  }
}

function own<Reaction>(reactions: { readonly [name: string]: Reaction | undefined } | undefined, name: string): Reaction | undefined {
  return reactions !== undefined && Object.hasOwn(reactions, name) ? reactions[name] : undefined;
}

function ranCommand({ id, context, aggregate, aggregateId, name, data }: OutgoingCommand): RanCommand<unknown> {
  return { id, context: { name: context }, aggregate: { name: aggregate, id: aggregateId }, name, data: JSON.parse(data) };
}

export function causeOf(input: Input): Cause {
  if (input.kind === "event") {
    const { id, user, metadata } = input.event;
    const time = Date.parse(metadata.timestamp);
    return { id, idTime: time, time, userId: user.id, correlationId: metadata.correlationId, causationId: id };
  }
  if (input.kind === "timer") {
    const { id, due, userId, correlationId, causationId } = input.timer;
    return { id, idTime: due, time: input.now, userId, correlationId, causationId };
  }
  const { id, userId, correlationId } = input.command;
  return { id, idTime: timeOf(id), time: input.now, userId, correlationId, causationId: id };
}
