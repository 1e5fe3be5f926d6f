import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** Why a command cannot do what it was asked: one sentence, and what to do about it. */
export interface Refusal {
  readonly kind: "refusal";
  readonly sentence: string;
  readonly advice?: string;
  readonly exitCode: ExitCode;
}

export const refusal = (sentence: string, advice?: string, code: ExitCode = exitCode.misused): Refusal =>
  advice === undefined ? { kind: "refusal", sentence, exitCode: code } : { kind: "refusal", sentence, advice, exitCode: code };

export function tellRefusal(terminal: Terminal, { sentence, advice, exitCode }: Refusal): ExitCode {
  terminal.tell(terminal.paintTold.red(sentence));
  if (advice !== undefined) terminal.tell(advice);
  return exitCode;
}
