import type { Application } from "../application.ts";

type Names = { readonly [name: string]: Names };

/** What every aggregate of wolkenkit could do besides, and what happened then. The old clients want to know the names; here the model alone says who may what. */
const generated = { authorize: "authorized", transferOwnership: "transferredOwnership" } as const;

export function isGenerated(command: string): boolean {
  return Object.hasOwn(generated, command);
}

/** The names of everything, by which the old clients make their functions. */
export function configurationOf({ aggregates, lists }: Application): Names {
  const contexts = [...new Set(aggregates.map(({ context }) => context))];
  const writeModel = contexts.map((context) => {
    const own = aggregates.filter((aggregate) => aggregate.context === context);

    return [context, Object.fromEntries(own.map((aggregate) => [aggregate.name, namesOf(aggregate)]))] as const;
  });

  return { writeModel: Object.fromEntries(writeModel), readModel: { lists: nothingBut(lists.map(({ name }) => name)) } };
}

function namesOf({ commands, events }: Application["aggregates"][number]): Names {
  const all = [...Object.keys(commands), ...Object.keys(generated)];
  const endings = all.flatMap((command) => [`${command}Rejected`, `${command}Failed`]);

  return { commands: nothingBut(all), events: nothingBut([...Object.keys(events), ...Object.values(generated), ...endings]) };
}

const nothingBut = (names: readonly string[]): Names => Object.fromEntries(names.map((name) => [name, {}]));
