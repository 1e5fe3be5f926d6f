import { message } from "../../examples/chat/server/writeModel/communication/message.ts";
import { anonymous, type User } from "../../runtime/protocol/user.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import type { SomeAggregateDefinition } from "../../runtime/write/aggregate.ts";
import type { Answer } from "../../runtime/write/answer.ts";
import { createWriteModel, type WriteWorld } from "../../runtime/write/write-model.ts";

export interface Scene {
  readonly log: EventLog;
  /** What was reported to the operator. */
  readonly reported: unknown[];
  send(command: Sent): Promise<Answer>;
}

/** A command in brief: `on` is the aggregate's id; the command's own id is a new one, if none is given. */
export interface Sent {
  readonly name: string;
  readonly on: string;
  readonly data?: unknown;
  readonly as?: User;
  readonly id?: string;
  readonly aggregate?: string;
}

/** A write model on a log in memory, with ids that count and a clock that stands still. */
export function scene(more: { definitions?: readonly SomeAggregateDefinition[]; log?: EventLog; world?: Partial<WriteWorld> } = {}): Scene {
  const { definitions = [message], log = openMemoryLog({ newId: () => "incarnation" }) } = more;
  const reported: unknown[] = [];
  let ids = 0;
  const { newId = () => `id-${++ids}` } = more.world ?? {};
  const model = createWriteModel(definitions, log, { now: () => 0, newId, report: (fault) => reported.push(fault), ...more.world });
  const { context, name: kind } = definitions[0]!;

  return {
    log,
    reported,
    send: ({ name, on, data, as = anonymous, id = newId(), aggregate = kind }) =>
      model.handle({ id, context, aggregate, aggregateId: on, name, data }, as),
  };
}

/** "handled: sent, liked", or the type of the problem. */
export function brief(answer: Answer): string {
  return answer.kind === "handled" ? `handled: ${answer.handled.events.join(", ")}` : answer.problem.type;
}
