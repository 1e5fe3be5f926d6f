import { hasColours, paintIf, type Paint } from "./colour.ts";

/** Where a command talks to: results to standard output, everything else to standard error. */
export interface Terminal {
  print(text: string): void;
  tell(text: string): void;
  /** For what is printed, and for what is told: one may be a terminal, the other a pipe. */
  readonly paint: Paint;
  readonly paintTold: Paint;
  /** Whether what is printed is read in a terminal. */
  readonly isTerminal: boolean;
  /** Whether the reader of what is told asked for colours, or is able to see them. */
  readonly colours: { readonly printed: boolean; readonly told: boolean };
}

export function openTerminal(args: readonly string[]): Terminal {
  const { stdout, stderr, env } = process;
  const printed = hasColours({ args, env, isTerminal: stdout.isTTY === true });
  const told = hasColours({ args, env, isTerminal: stderr.isTTY === true });
  return {
    print: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    paint: paintIf(printed),
    paintTold: paintIf(told),
    isTerminal: stdout.isTTY === true,
    colours: { printed, told },
  };
}
