import { enableCompileCache, registerHooks } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ScenarioModule, Told } from "./scenario-process.ts";

/**
 * Started by `wkgen test` as a process of its own: runs a module that it is sent as if it stood beside the generated `server/server.ts`, so that
 * nothing has to be written there.
 */
process.once("message", ({ url, text }: ScenarioModule) => {
  enableCompileCache();
  registerHooks({
    resolve: (specifier, context, next) => (specifier === url ? { url, shortCircuit: true } : next(specifier, context)),
    load: (asked, context, next) =>
      asked === url ? { format: "module-typescript", source: text, shortCircuit: true } : next(asked, context),
  });
  import(url).catch((error: unknown) => {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    const [, file, line] = /(file:\/\/[^\s()]+?):(\d+)/.exec(stack) ?? [];
    tell({ kind: "failed", message, ...(file !== undefined && { place: `${relative(process.cwd(), fileURLToPath(file))}:${line}` }) });
    process.disconnect();
  });
});

function tell(told: Told): void {
  process.send?.(told);
}
