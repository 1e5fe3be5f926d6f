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

const ofTheDisk: { readonly [code: string]: string } = {
  EACCES: "Permission denied",
  EPERM: "Not permitted",
  EROFS: "The disk is read-only",
  ENOSPC: "The disk is full",
  EDQUOT: "The disk quota is used up",
  EMFILE: "Too many files are open",
  ENOTDIR: "A file stands where a folder is needed",
  EISDIR: "A folder stands where a file is needed",
};

function tellFailure(terminal: Terminal, cause: unknown): ExitCode {
  const { code, path, message, stack } = cause as NodeJS.ErrnoException;
  const sentence = ofTheDisk[code ?? ""];
  if (sentence !== undefined) {
    terminal.tell(terminal.paintTold.red(`${sentence}${path === undefined ? "." : `: ${path}`}`));
    return exitCode.failed;
  }

  terminal.tell(terminal.paintTold.red(`wkgen failed, and that is a bug in wkgen: ${message}`));
  terminal.tell(process.env.WKGEN_DEBUG === undefined ? "Run it again with WKGEN_DEBUG=1 to see where." : (stack ?? ""));
  return exitCode.internal;
}
