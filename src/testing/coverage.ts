import { aggregatesOf } from "../checker/aggregates-of.ts";
import { inOneText, isReason, reasonsOf } from "../checker/reasons.ts";
import type { Aggregate } from "../model/aggregate.ts";
import type { Command } from "../model/command.ts";
import type { Domain } from "../model/domain.ts";
import type { FlowTrigger } from "../model/flow.ts";
import { fullName } from "../model/names.ts";
import type { Place } from "../model/place.ts";
import type { Seen, Verdict } from "./verdict.ts";

/** One thing that scenarios can show, in a sentence, and whether one does. */
export interface Shown {
  readonly what: "command" | "rejection" | "event" | "permission" | "refusal" | "projection" | "reaction";
  readonly isShown: boolean;
  readonly sentence: string;
  readonly place: Place;
}

/**
 * What of the model the scenarios show. Of invariants nothing is asked: one that no command can break is a good one. An event counts where a command
 * published it, a projection where a scenario looks at the list after the event.
 */
export function coverage(domain: Domain, verdicts: readonly Verdict[]): readonly Shown[] {
  const seen = union(verdicts.map((verdict) => verdict.seen));
  return [...aggregatesOf(domain).flatMap((aggregate) => ofAggregate(aggregate, seen)), ...ofLists(domain, seen), ...ofFlows(domain, seen)];
}

function ofAggregate(aggregate: Aggregate, seen: Seen): readonly Shown[] {
  return [
    ...aggregate.commands.flatMap((command) => [commandOf(aggregate, command, seen), ...permissionsOf(aggregate, command, seen)]),
    ...rejectionsOf(aggregate, seen),
    ...eventsOf(aggregate, seen),
  ];
}

const commandName = ({ context, name: aggregate }: Aggregate, command: string) => fullName({ context, aggregate, command });

function commandOf(aggregate: Aggregate, { name, place }: Command, { commands }: Seen): Shown {
  const isShown = commands.includes(commandName(aggregate, name));
  return { what: "command", isShown, sentence: `${aggregate.name}.${name} is carried out`, place };
}

function permissionsOf(aggregate: Aggregate, { name, allows, place }: Command, { permissions, refusals }: Seen): readonly Shown[] {
  const command = commandName(aggregate, name);
  const isClosed = allows.length > 0 && !allows.some(({ who, where }) => who.kind === "everyone" && where === undefined);
  const isRefused = refusals.some((refusal) => refusal.command === command && refusal.type === "not-allowed");
  const refusal = { what: "refusal", isShown: isRefused, sentence: `somebody is kept from ${aggregate.name}.${name}`, place } as const;
  return [
    ...allows.map(({ who, place }, rule): Shown => ({
      what: "permission",
      isShown: permissions.some((one) => one.command === command && one.rule === rule),
      sentence: `${aggregate.name}.${name} is allowed to ${who.kind === "role" ? who.role : who.kind}`,
      place,
    })),
    ...(isClosed ? [refusal] : []),
  ];
}

function rejectionsOf(aggregate: Aggregate, { refusals }: Seen): readonly Shown[] {
  const { context, name } = aggregate;
  return reasonsOf(aggregate)
    .filter(({ of }) => of !== "invariant")
    .map(({ reason, command, place }) => {
      const isOurs = (full: string) =>
        command === undefined ? full.startsWith(`${context}.${name}.`) : full === commandName(aggregate, command);
      return {
        what: "rejection",
        isShown: refusals.some(({ type, detail, command }) => type === "rejected" && isOurs(command) && isReason(detail, reason)),
        sentence: `somebody hears "${inOneText(reason)}"`,
        place,
      };
    });
}

function eventsOf({ context, name: aggregate, events }: Aggregate, seen: Seen): readonly Shown[] {
  return events
    .filter(({ retired }) => !retired)
    .map(({ name: event, place }) => ({
      what: "event",
      isShown: seen.events.includes(fullName({ context, aggregate, event })),
      sentence: `${aggregate}.${event} is published`,
      place,
    }));
}

function ofLists({ lists }: Domain, { projections }: Seen): readonly Shown[] {
  return lists.flatMap(({ name: list, reactions }) =>
    reactions.map(({ event, place }): Shown => ({
      what: "projection",
      isShown: projections.some((one) => one.list === list && one.event === fullName(event)),
      sentence: `${list} follows ${event.aggregate}.${event.event}`,
      place,
    })),
  );
}

function ofFlows({ flows }: Domain, seen: Seen): readonly Shown[] {
  return flows.flatMap(({ name: flow, reactions }) =>
    reactions.map(({ trigger, place }): Shown => ({
      what: "reaction",
      isShown: seen.reactions.some((one) => one.flow === flow && one.trigger === fullTrigger(trigger)),
      sentence: `${flow} reacts to ${shortTrigger(trigger)}`,
      place,
    })),
  );
}

function fullTrigger(trigger: FlowTrigger): string {
  if (trigger.kind === "timer") return trigger.timer;
  return trigger.kind === "event" ? fullName(trigger.event) : `${fullName(trigger.command)} rejected`;
}

/** Without the context, which a timer does not have. */
const shortTrigger = (trigger: FlowTrigger) => (trigger.kind === "timer" ? trigger.timer : fullTrigger(trigger).replace(/^[^.]*\./, ""));

function union(all: readonly Seen[]): Seen {
  return {
    commands: all.flatMap(({ commands }) => commands),
    refusals: all.flatMap(({ refusals }) => refusals),
    events: all.flatMap(({ events }) => events),
    permissions: all.flatMap(({ permissions }) => permissions),
    projections: all.flatMap(({ projections }) => projections),
    reactions: all.flatMap(({ reactions }) => reactions),
  };
}

/** How much is shown, in whole percent, never rounded up; all of nothing is all. */
export function percentOf(shown: readonly Shown[]): number {
  return shown.length === 0 ? 100 : Math.floor((shown.filter(({ isShown }) => isShown).length / shown.length) * 100);
}
