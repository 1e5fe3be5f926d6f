import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** What a command is given: its arguments in order, and its options by their long names in camel case. */
export interface Invocation {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly terminal: Terminal;
}

export type Run = (invocation: Invocation) => ExitCode | Promise<ExitCode>;
