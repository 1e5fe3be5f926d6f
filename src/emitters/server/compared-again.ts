import type { Command } from "../../model/command.ts";
import type { Expression } from "../../model/expression.ts";
import { inCommand } from "../../model/expressions-in.ts";
import { subexpressions } from "../../model/subexpressions.ts";
import { withoutOptional } from "../../model/types/fit.ts";

/** The choices that more than one statement of a command compares, each as `state status`. */
export function comparedAgain(command: Command): ReadonlySet<string> {
  const once = new Set<string>();
  const again = new Set<string>();
  for (const field of inCommand(command).flatMap((expression) => [...comparedChoices(expression)]))
    (once.has(field) ? again : once).add(field);
  return again;
}

function comparedChoices(expression: Expression): ReadonlySet<string> {
  return new Set(
    [...subexpressions(expression)].flatMap((part) =>
      part.kind !== "comparison"
        ? []
        : [part.left, part.right].flatMap((side) =>
            side.kind === "read" && withoutOptional(side.type).kind === "choice" ? [`${side.from} ${side.field}`] : [],
          ),
    ),
  );
}
