import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { Flow, FlowStatement } from "../../model/flow.ts";
import { fullName } from "../../model/names.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** Somebody may run a command, or a flow does. */
export function* commandNeverAllowed(domain: Domain): Iterable<Diagnostic> {
  const run = new Set(domain.flows.flatMap(commandsRunBy));
  for (const { context, name: aggregate, commands } of aggregatesOf(domain)) {
    for (const { name: command, allows, place } of commands) {
      if (allows.length === 0 && !run.has(fullName({ context, aggregate, command })))
        yield diagnostic("command-never-allowed", place, { command });
    }
  }
}

const commandsRunBy = ({ reactions }: Flow): readonly string[] => reactions.flatMap(({ statements }) => statements.flatMap(commandsIn));

function commandsIn(statement: FlowStatement): readonly string[] {
  switch (statement.kind) {
    case "run":
      return [fullName(statement.command)];
    case "by-code":
      return statement.mayRun.map(fullName);
    case "when":
      return [...statement.statements, ...(statement.otherwise ?? [])].flatMap(commandsIn);
    case "for-each":
      return statement.statements.flatMap(commandsIn);
    default:
      return [];
  }
}
