import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** What a connection of the generated client has beside the model's contexts, and what one aggregate has beside its commands. */
export const namesOfTheClient = {
  context: ["lists", "events", "state", "on", "authenticate", "close"],
  command: ["id"],
} as const;

/** In the client contexts stand beside `lists` and `events`, and commands beside `id`: one name would be two things. */
export function* nameOfTheClient(domain: Domain): Iterable<Diagnostic> {
  const commands = aggregatesOf(domain).flatMap((aggregate) => aggregate.commands);
  for (const { kind, name, place } of [...domain.contexts, ...commands]) {
    if ((namesOfTheClient[kind] as readonly string[]).includes(name)) yield diagnostic("name-of-the-client", place, { noun: kind, name });
  }
}
