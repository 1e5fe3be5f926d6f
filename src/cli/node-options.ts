import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** How Node is started for generated code: it finds a runtime, and does not tell people what of Node is new. */
export function nodeOptions(): readonly string[] {
  const hook = new URL("./resolve-runtime.js", pathToFileURL(join(import.meta.dirname, "here")));
  return ["--disable-warning=ExperimentalWarning", "--import", hook.href];
}
