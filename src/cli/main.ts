import { HostFailure } from "../host/host.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

/** Runs one command line. Whatever goes wrong, the answer is an exit code and a sentence; a stack only on request, for a bug of ours. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const terminal = openTerminal(args);
  endQuietlyWithTheReader();
  try {
    const { run } = await import("./run.ts");
    return await run(args, terminal);
  } catch (cause) {
    return tellFailure(terminal, cause);
  }
}

/** `wkgen … | head` is no error: who has read enough closes the pipe. */
function endQuietlyWithTheReader(): void {
  process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
    if (cause.code === "EPIPE") process.exit(exitCode.fine);
    throw cause;
  });
}

function tellFailure(terminal: Terminal, cause: unknown): ExitCode {
  if (cause instanceof HostFailure) {
    terminal.tell(terminal.paintTold.red(cause.message));
    return exitCode.failed;
  }

  const { message, stack } = cause instanceof Error ? cause : new Error(String(cause));
  terminal.tell(terminal.paintTold.red(`wkgen failed, and that is a bug in wkgen: ${message}`));
  terminal.tell(process.env.WKGEN_DEBUG === undefined ? "Run it again with WKGEN_DEBUG=1 to see where." : (stack ?? ""));
  return exitCode.internal;
}
