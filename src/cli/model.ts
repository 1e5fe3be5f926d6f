import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../compile.ts";
import { nodeHost } from "../host/node-host.ts";
import { dump } from "../model/dump.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Invocation } from "./invocation.ts";
import { locate } from "./locate.ts";
import { ownFolder } from "./own-package.ts";
import { tellRefusal } from "./refusal.ts";
import { tellDiagnostics } from "./tell-diagnostics.ts";

/** Prints the checked model in its canonical form; with `--schema`, the JSON Schema of that form. */
export async function runModel({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  if (options.schema === true) {
    terminal.print(readFileSync(join(ownFolder, "src/model/model.schema.json"), "utf8").trimEnd());
    return exitCode.fine;
  }
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);

  const analysed = analyse(nodeHost, found.files);
  if (analysed.diagnostics.some(({ severity }) => severity === "error")) {
    await tellDiagnostics(analysed, terminal);
    return exitCode.failed;
  }
  terminal.print(dump(analysed.domain).trimEnd());
  return exitCode.fine;
}
