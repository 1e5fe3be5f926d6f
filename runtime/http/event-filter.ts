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

  const inContext = called(context, kinds, (kind) => [kind.context, kind.contextWas]);
  if (context !== undefined && inContext.length === 0)
    return unknown(
      "context",
      context,
      namesOf(kinds, (kind) => kind.context),
    );
  const ofAggregate = called(aggregate, inContext, (kind) => [kind.name, kind.was]);
  if (aggregate !== undefined && ofAggregate.length === 0)
    return unknown(
      "aggregate",
      aggregate,
      namesOf(inContext, (kind) => kind.name),
    );
  const events = ofAggregate.flatMap((kind) => Object.entries(kind.events).map(([now, { was }]) => ({ kind, now, was })));
  const meant = called(name, events, ({ now, was }) => [now, was]);
  if (name !== undefined && meant.length === 0)
    return unknown(
      "event",
      name,
      namesOf(events, ({ now }) => now),
    );

  const names = new Set(meant.map(({ kind, now }) => `${kind.context}.${kind.name}.${now}`));

  return {
    after,
    isWanted: (event) =>
      (aggregateId === undefined || aggregateId === event.aggregate.id) &&
      names.has(`${event.context.name}.${event.aggregate.name}.${event.name}`),
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
  asked: string | undefined,
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly [now: string, was: readonly string[] | undefined],
): readonly Thing[] {
  if (asked === undefined) return things;
  const now = things.filter((thing) => namesOf(thing)[0] === asked);

  return now.length > 0 ? now : things.filter((thing) => namesOf(thing)[1]?.includes(asked));
}

function namesOf<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string): readonly string[] {
  return [...new Set(things.map(nameOf))];
}

function unknown(what: string, name: string, known: readonly string[]): Problem {
  return problem("malformed", `There is no ${what} "${name.slice(0, 100)}". ${suggestion(name, known)}`);
}
