import type { Aggregate } from "../model/aggregate.ts";
import type { CommandStatement } from "../model/command.ts";

/** The events that can be an aggregate's first: those that a command on a new (or on any) one may publish before any other. */
export function firstEvents({ commands }: Aggregate): ReadonlySet<string> {
  return new Set(commands.filter(({ on }) => on !== "existing").flatMap(({ statements }) => firstOf(statements).events));
}

interface First {
  readonly events: readonly string[];
  /** Whether one of them has surely been published, so that what follows is not the first. */
  readonly isSure: boolean;
}

function firstOf(statements: readonly CommandStatement[]): First {
  const events: string[] = [];
  for (const statement of statements) {
    const first = firstOfStatement(statement);
    events.push(...first.events);
    if (first.isSure) return { events, isSure: true };
  }
  return { events, isSure: false };
}

function firstOfStatement(statement: CommandStatement): First {
  switch (statement.kind) {
    case "publish":
      return { events: [statement.event], isSure: statement.condition === undefined };
    case "by-code":
      return { events: statement.mayPublish, isSure: true };
    case "when": {
      const [then, otherwise] = [firstOf(statement.statements), firstOf(statement.otherwise ?? [])];
      const isSure = (then.isSure || endsInReject(statement.statements)) && (otherwise.isSure || endsInReject(statement.otherwise ?? []));
      return { events: [...then.events, ...otherwise.events], isSure };
    }
    default:
      return { events: [], isSure: false };
  }
}

function endsInReject(statements: readonly CommandStatement[]): boolean {
  const last = statements.at(-1);
  return last?.kind === "reject" && last.condition === undefined;
}
