import { codes, explain, isCode, suggestCode } from "../diagnostics/explain.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { refusal, tellRefusal } from "./refusal.ts";

/** What a code means; without one, which there are. */
export function runExplain({ args: [code], terminal }: Invocation): ExitCode {
  if (code === undefined) {
    terminal.print(codes.join("\n"));
    return exitCode.fine;
  }
  if (!isCode(code)) {
    const { nearest } = suggestCode(code);
    return tellRefusal(
      terminal,
      refusal(`There is no code "${code}".${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`, "wkgen explain lists all of them."),
    );
  }
  terminal.print(explain(code).trimEnd());
  return exitCode.fine;
}
