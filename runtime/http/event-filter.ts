import type { EvolvingKind } from "../evolution/kind.ts";
import type { Event } from "../protocol/event.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import type { EventFilter } from "../protocol/socket.ts";
import { suggestion } from "../read/suggestion.ts";

/** Which events somebody wants. */
export interface WantedEvents {
  readonly after?: number | undefined;
  isWanted(event: Pick<Event, "context" | "aggregate" | "name">): boolean;
}

const textMembers = ["context", "aggregate", "aggregateId", "name"];

/** A filter that came over the wire, by the names that there are now, where it may use former ones; or why it is none. */
export function readFilter(filter: unknown, kinds: readonly EvolvingKind[]): WantedEvents | Problem {
  const wrong = wrongInForm(filter);
  if (wrong) return wrong;
  const { context, aggregate, aggregateId, name, after } = filter as EventFilter;

  const inContext = called("context", context, kinds, (kind) => [kind.context, kind.contextWas]);
  if ("type" in inContext) return inContext;
  const ofAggregate = called("aggregate", aggregate, inContext, (kind) => [kind.name, kind.was]);
  if ("type" in ofAggregate) return ofAggregate;
  const events = ofAggregate.flatMap((kind) => Object.entries(kind.events).map(([now, { was }]) => ({ kind, now, was })));
  const meant = called("event", name, events, ({ now, was }) => [now, was]);
  if ("type" in meant) return meant;

  const isAny = context === undefined && aggregate === undefined && name === undefined;
  const names = new Set(meant.map(({ kind, now }) => `${kind.context}.${kind.name}.${now}`));

  return {
    after,
    isWanted: (event) =>
      (aggregateId === undefined || aggregateId === event.aggregate.id) &&
      (isAny || names.has(`${event.context.name}.${event.aggregate.name}.${event.name}`)),
  };
}

function wrongInForm(filter: unknown): Problem | undefined {
  if (typeof filter !== "object" || filter === null || Array.isArray(filter))
    return problem("malformed", "The filter has to be an object.");
  for (const [name, value] of Object.entries(filter)) {
    const isText = textMembers.includes(name) && typeof value === "string";
    const isPosition = name === "after" && Number.isSafeInteger(value) && (value as number) >= 0;
    if (value === undefined || isText || isPosition) continue;

    return problem("malformed", `"${name.slice(0, 100)}" is no filter for events, or does not have the right form.`);
  }

  return undefined;
}

/** All, where none is asked for; those that were called so before, where none is called so now. */
function called<Thing>(
  what: string,
  asked: string | undefined,
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly [now: string, was: readonly string[] | undefined],
): readonly Thing[] | Problem {
  if (asked === undefined) return things;
  const now = things.filter((thing) => namesOf(thing)[0] === asked);
  const found = now.length > 0 ? now : things.filter((thing) => namesOf(thing)[1]?.includes(asked));
  if (found.length > 0) return found;
  const known = [...new Set(things.map((thing) => namesOf(thing)[0]))];

  return problem("malformed", `There is no ${what} "${asked.slice(0, 100)}". ${suggestion(asked, known)}`);
}
