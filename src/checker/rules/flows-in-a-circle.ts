import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { FlowReaction, FlowStatement, Run } from "../../model/flow.ts";
import { fullName } from "../../model/names.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** What a reaction does at once, one edge for each event that may come of it. */
interface Consequence {
  readonly flow: string;
  readonly from: string;
  readonly to: string;
  readonly run: Run;
}

/** No event leads, by flows that react at once, to itself again. What waits for a timer or a rejection may. */
export function* flowsInACircle(domain: Domain): Iterable<Diagnostic> {
  const consequences = consequencesIn(domain);
  const next = Map.groupBy(consequences, ({ from }) => from);
  const told = new Set<string>();
  for (const { flow, from, to, run } of consequences) {
    const path = pathBetween(to, from, next);
    if (path === undefined || path.some((event) => told.has(event))) continue;
    for (const event of path) told.add(event);
    yield diagnostic("flows-in-a-circle", run.place, { flow, events: [from, ...path].map(shortName) });
  }
}

const shortName = (event: string): string => event.split(".").slice(1).join(".");

function consequencesIn(domain: Domain): readonly Consequence[] {
  const publishes = new Map(
    aggregatesOf(domain).flatMap(({ context, name: aggregate, commands }) =>
      commands.map((command) => [
        fullName({ context, aggregate, command: command.name }),
        command.publishes.map((event) => fullName({ context, aggregate, event })),
      ]),
    ),
  );
  return domain.flows.flatMap((flow) =>
    flow.reactions.flatMap((reaction) => {
      const { trigger } = reaction;
      if (trigger.kind !== "event") return [];
      const from = fullName(trigger.event);
      return runsIn(reaction).flatMap((run) =>
        (publishes.get(fullName(run.command)) ?? []).map((to) => ({ flow: flow.name, from, to, run })),
      );
    }),
  );
}

function runsIn({ statements }: Pick<FlowReaction, "statements">): readonly Run[] {
  return statements.flatMap((statement: FlowStatement) => {
    if (statement.kind === "run") return [statement];
    if (statement.kind === "for-each") return runsIn(statement);
    if (statement.kind === "when") return [...runsIn(statement), ...runsIn({ statements: statement.otherwise ?? [] })];
    return [];
  });
}

/** The events on the shortest way, the first and the last included. */
function pathBetween(start: string, goal: string, next: ReadonlyMap<string, readonly Consequence[]>): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[start, undefined]]);
  for (const event of cameFrom.keys()) {
    if (event === goal) return pathTo(goal, cameFrom);
    for (const { to } of next.get(event) ?? []) if (!cameFrom.has(to)) cameFrom.set(to, event);
  }
  return undefined;
}

function pathTo(goal: string, cameFrom: ReadonlyMap<string, string | undefined>): readonly string[] {
  const before = cameFrom.get(goal);
  return before === undefined ? [goal] : [...pathTo(before, cameFrom), goal];
}
