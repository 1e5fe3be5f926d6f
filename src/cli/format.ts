import { parse } from "../../grammar/parse.ts";
import { print } from "../../grammar/print.ts";
import { counted } from "../diagnostics/phrases.ts";
import { nodeHost } from "../host/node-host.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate } from "./locate.ts";
import { tellRefusal } from "./refusal.ts";

/** Lays the model out; with `--check`, says where the layout is another. */
export function runFormat({ args: [path], options, terminal }: Invocation): ExitCode {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);

  const changed = found.files.filter((file) => {
    const before = nodeHost.read(file) ?? "";
    const after = print(parse(before).document, before);
    if (after !== before && options.check !== true) nodeHost.write(file, after);
    return after !== before;
  });
  const { paint, paintTold } = terminal;
  if (options.check === true && changed.length > 0) {
    for (const file of changed) terminal.tell(`${paintTold.red("laid out otherwise")}  ${file}`);
    terminal.tell("\nRun wkgen format to lay out what is listed.");
    return exitCode.failed;
  }
  terminal.print(`${paint.green("✓")} ${counted(found.files.length, "file")}, ${changed.length === 0 ? "none" : changed.length} changed`);
  return exitCode.fine;
}
