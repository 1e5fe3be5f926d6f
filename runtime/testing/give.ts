import type { User } from "../protocol/user.ts";
import { eventsOf } from "../store/events-of.ts";
import type { Append } from "../store/event-log.ts";
import { apply } from "../write/aggregate-state.ts";
import { claimsOf } from "../write/claims-of.ts";
import { sentence } from "../write/sentence.ts";
import { inWords } from "../write/vocabulary.ts";
import { partsOf } from "./full-name.ts";
import type { Address, Stage } from "./stage.ts";

/** Lets an event have happened, as a command would have left it in the log. Why it cannot have, if so. */
export async function give(stage: Stage, event: string, address: Address, data: unknown, user: User): Promise<string | undefined> {
  const { definition, events } = stage.kind(address.kind);
  const { name } = partsOf(event);
  const { version, validate } = events.get(name)!;
  const validated = validate(data);
  if (!validated.ok) return `${capital(inWords(name))} cannot be so: ${sentence(validated.faults)}.`;

  const before = await stage.stateOf(address);
  const id = stage.newId();
  const append: Append = {
    context: definition.context,
    aggregate: definition.name,
    aggregateId: address.id,
    expectedRevision: before.revision,
    events: [{ id: stage.newId(), name, version, data: validated.data }],
    userId: user.id,
    timestamp: stage.clock.timestamp,
    correlationId: id,
    causationId: id,
    command: { id, digest: "", outcome: { kind: "handled" } },
  };
  const after = apply(definition, before, eventsOf(append, 1)[0]!);
  const [appended] = await stage.log.append([{ ...append, claims: claimsOf(definition, before, after) }]);
  return appended?.kind === "rejected" ? appended.problem.detail : undefined;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
