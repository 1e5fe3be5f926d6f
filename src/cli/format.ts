import { parse } from "../../grammar/parse.ts";
import { print } from "../../grammar/print.ts";
import { counted } from "../diagnostics/phrases.ts";
import { nodeHost } from "../host/node-host.ts";
import { damageIn } from "../model/load.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate } from "./locate.ts";
import { tellRefusal } from "./refusal.ts";
import { tellDiagnostics } from "./tell-diagnostics.ts";

/** Lays the model out; with `--check`, says where the layout is another. */
export async function runFormat({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);

  const texts = new Map(found.files.map((file) => [file, nodeHost.read(file) ?? ""]));
  const diagnostics = [...texts].flatMap(([file, text]) => damageIn(file, text) ?? []);
  if (diagnostics.length > 0) {
    await tellDiagnostics({ diagnostics, texts }, terminal);
    return exitCode.failed;
  }
  const changed = [...texts].flatMap(([file, before]) => {
    const text = print(parse(before).document, before);
    return text === before ? [] : [{ file, text }];
  });
  const { paint, paintTold } = terminal;
  if (options.check === true && changed.length > 0) {
    for (const { file } of changed) terminal.tell(`${paintTold.red("laid out otherwise")}  ${file}`);
    terminal.tell("\nRun wkgen format to lay out what is listed.");
    return exitCode.failed;
  }
  for (const { file, text } of changed) nodeHost.write(file, text);
  terminal.print(`${paint.green("✓")} ${counted(found.files.length, "file")}, ${changed.length === 0 ? "none" : changed.length} changed`);
  const unread = [...texts.values()].reduce((count, text) => count + parse(text).faults.length, 0);
  if (unread > 0)
    terminal.tell(
      `${counted(unread, "thing")} could not be read and ${unread === 1 ? "stays" : "stay"} as it was written. See what: wkgen check`,
    );
  return exitCode.fine;
}
