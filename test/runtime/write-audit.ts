import type { Event } from "../../runtime/protocol/event.ts";
import type { Answer } from "../../runtime/write/answer.ts";

export interface Acknowledged {
  readonly commandId: string;
  readonly answer: Answer;
}

/** Everything that is wrong with a log of the chat's messages, compared with what its senders were told. Empty where nothing is. */
export function audit(events: readonly Event[], acknowledged: readonly Acknowledged[]): readonly string[] {
  return [...positions(events), ...histories(events), ...promises(events, acknowledged)];
}

function* positions(events: readonly Event[]): Iterable<string> {
  for (const [index, { metadata }] of events.entries()) {
    if (metadata.position !== index + 1) yield `position ${metadata.position} stands where ${index + 1} belongs`;
  }
}

/** Revisions without gaps, and each event decided on the state that the ones before it left. */
function* histories(events: readonly Event[]): Iterable<string> {
  const messages = new Map<string, { revision: number; likes: number; last: string }>();
  for (const { aggregate, name, data, metadata } of events) {
    const message = messages.get(aggregate.id) ?? { revision: 0, likes: 0, last: "" };
    messages.set(aggregate.id, message);
    if (metadata.revision !== ++message.revision) yield `${aggregate.id} has revision ${metadata.revision} instead of ${message.revision}`;
    if ((name === "sent") !== (message.revision === 1)) yield `${aggregate.id} has ${name} at revision ${message.revision}`;
    const { after } = data as { after?: string };
    if (after !== undefined && after !== message.last) yield `${aggregate.id} was decided after ${after}, but ${message.last} came before`;
    message.last = metadata.commandId;
    if (name === "liked" && (data as { likes: number }).likes !== ++message.likes)
      yield `${aggregate.id} counts ${JSON.stringify(data)} at like ${message.likes}`;
  }
}

/**
 * Who was told that a command was handled finds its event, once, at the place they were told. A rejection is final; the runtime's own refusals are
 * not recorded, and the same command may be carried out later.
 */
function* promises(events: readonly Event[], acknowledged: readonly Acknowledged[]): Iterable<string> {
  const byCommand = Map.groupBy(events, ({ metadata }) => metadata.commandId);
  for (const [commandId, { length }] of byCommand) if (length !== 1) yield `${commandId} took effect ${length} times`;

  for (const { commandId, answer } of acknowledged) {
    const event = byCommand.get(commandId)?.[0];
    if (answer.kind === "refused") {
      if (event !== undefined && answer.problem.type === "rejected") yield `${commandId} was rejected and took effect`;
    } else if (event?.metadata.position !== answer.handled.position || event.metadata.revision !== answer.handled.revision) {
      yield `${commandId} was acknowledged at ${answer.handled.position} and is at ${event?.metadata.position}`;
    }
  }
}
