import type * as tree from "../../../grammar/ast.ts";
import type { CommandSymbol, EventSymbol } from "../symbols/symbols.ts";

/** Whether a line of this kind allows only who has said who they are. */
export const implies = (who: tree.Name): boolean => who.text !== "everyone";

/** Whether every line that allows the command is about people who have said who they are. */
export function isForAuthenticated({ tree, aggregate }: CommandSymbol): boolean {
  const lines = aggregate.tree.allows.filter(({ to, names }) => to === "run" && names.some((name) => name.text === tree.name.text));
  return lines.length > 0 && lines.every(({ who }) => implies(who));
}

/** Who an event can come from: an anonymous user only where one may run a command that publishes it. */
export function publishersOf(event: EventSymbol): "authenticated" | "anyone" {
  const publishing = [...event.aggregate.commands.entries.values()].filter(({ item }) =>
    publishes(item.tree.statements, event.tree.name.text),
  );
  return publishing.length > 0 && publishing.every(({ item }) => isForAuthenticated(item)) ? "authenticated" : "anyone";
}

/** Whether a block may publish an event: the one of that name, or any. */
export function publishes(statements: readonly tree.Statement[], event?: string): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case "publish":
        return event === undefined || statement.event.text === event;
      case "by-code":
        return statement.mayPublish.some((name) => event === undefined || name.text === event);
      case "when":
        return publishes(statement.statements, event) || publishes(statement.otherwise ?? [], event);
      case "for-each":
        return publishes(statement.statements, event);
      default:
        return false;
    }
  });
}
