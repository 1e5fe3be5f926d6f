import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { CommandStatement } from "../../model/command.ts";
import type { Domain } from "../../model/domain.ts";
import { inCommand } from "../../model/expressions-in.ts";
import { subexpressions } from "../../model/subexpressions.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** What a command asks for makes a difference. */
export function* fieldNeverUsed(domain: Domain): Iterable<Diagnostic> {
  for (const command of aggregatesOf(domain).flatMap(({ commands }) => commands)) {
    if (command.statements.some(hasCode)) continue;
    const used = new Set(
      inCommand(command).flatMap((expression) =>
        [...subexpressions(expression)].map((part) => (part.kind === "read" && part.from === "command" ? part.field : "")),
      ),
    );
    for (const { name, place } of command.fields) {
      if (!used.has(name)) yield diagnostic("field-never-used", place, { field: name, of: `the command "${command.name}"` });
    }
  }
}

function hasCode(statement: CommandStatement): boolean {
  if (statement.kind === "by-code") return true;
  return statement.kind === "when" && [...statement.statements, ...(statement.otherwise ?? [])].some(hasCode);
}
