import { CommanderError } from "commander";
import { commands } from "./commands.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { createProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCode.fine;
  const program = createProgram(terminal, (ended) => {
    code = ended;
  });
  if (args.length === 0) {
    program.outputHelp();
    return exitCode.fine;
  }

  try {
    await program.parseAsync(commandFirst(args), { from: "user" });
    return code;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitCode.fine : exitCode.misused;
    throw cause;
  }
}

const names = new Set(commands.map((command) => command.name));

/** Options may stand before the command as well: `wkgen --watch build` is `wkgen build --watch`. */
export function commandFirst(args: readonly string[]): string[] {
  const at = args.findIndex((arg) => names.has(arg));
  const before = args.slice(0, Math.max(at, 0));
  if (!before.some((arg) => arg.startsWith("-"))) return [...args];
  return [...args.slice(at, at + 1), ...before, ...args.slice(at + 1)];
}
