import type { Event } from "../protocol/event.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import type { NewEvent } from "../store/event-log.ts";
import { apply, fullName, type AggregateState } from "./aggregate-state.ts";
import { mark, type Marked } from "../protocol/mark.ts";
import { Unpublishable } from "./unpublishable.ts";
import { inWords, type Task } from "./vocabulary.ts";

/** What a command would do to an aggregate. A rejection is the model's and goes on record; a refusal is the runtime's own and does not. */
export type Decision =
  | { readonly kind: "accepted"; readonly events: readonly NewEvent[]; readonly after: AggregateState }
  | { readonly kind: "rejected"; readonly problem: Problem }
  | { readonly kind: "refused"; readonly problem: Problem };

export type Decide = (aggregate: AggregateState, task: Task) => Decision;

/** Runs the command's own code. Throws where that code throws, and `Unpublishable` where it publishes what its event's fields do not allow. */
export function decideByModel(newId: () => string): Decide {
  return (before, { kind, definition, command }) => {
    const events: NewEvent[] = [];
    let current = before;
    let unpublishable: Unpublishable | undefined;

    const forCommands = {
      id: before.id,
      get state() {
        return current.state;
      },
      events: {
        publish(name: string, data: unknown) {
          const known = kind.events.get(name);
          if (known === undefined)
            throw new Error(`${fullName(kind.definition, command.name)} published ${name}, which is no event of it.`);
          const validated = known.validate(data);
          if (!validated.ok) throw (unpublishable = new Unpublishable(name, validated.faults));
          const event = { id: newId(), name, version: known.version, data: validated.data };
          events.push(event);
          current = apply(kind.definition, current, uncommitted(event, command));
        },
      },
    };

    const marked: Marked | undefined = definition.handle(forCommands, command, mark);
    // Code that catches it cannot go on as if the event had been published.
    if (unpublishable !== undefined) throw unpublishable;
    if (marked?.kind === "rejected") return { kind: "rejected", problem: problem("rejected", marked.reason) };
    // What was written past the types, and a promise, which has no kind.
    if (marked?.kind !== "done")
      throw new Error(
        `${fullName(kind.definition, command.name)} did not say how it ends: it has to return mark.asDone() or mark.asRejected(…), and no promise.`,
      );
    return { kind: "accepted", events, after: current };
  };
}

/** Only the log gives positions and revisions; nothing that changes the state may depend on them. */
function uncommitted({ id, name, version, data }: NewEvent, { context, aggregate, user, metadata, id: commandId }: Task["command"]): Event {
  const { timestamp, correlationId, causationId } = metadata;
  return {
    id,
    context,
    aggregate,
    name,
    data,
    user: { id: user.id },
    metadata: { timestamp, position: 0, revision: 0, version, commandId, correlationId, causationId },
  };
}

/** Whether the command works on an aggregate at this point of its life. */
export function decideIfAlive(decide: Decide): Decide {
  return (aggregate, task) => {
    const { on } = task.definition;
    if (aggregate.revision === 0 && on === "existing") return refuse("does-not-exist", `${thisOne(task)} does not exist.`);
    if (aggregate.revision > 0 && on === "new") return refuse("exists-already", `${thisOne(task)} exists already.`);
    if (aggregate.hasEnded) return refuse("has-ended", `${thisOne(task)} has ended.`);
    return decide(aggregate, task);
  };
}

function thisOne({ kind }: Task): string {
  return `This ${inWords(kind.definition.name)}`;
}

export function refuse(type: Problem["type"], detail: string): Decision {
  return { kind: "refused", problem: problem(type, detail) };
}
