import type { Analysed } from "../compile.ts";
import type { Terminal } from "./terminal.ts";

/** Shows people what was found, where the result is something else. */
export async function tellDiagnostics(
  { diagnostics, texts }: Pick<Analysed, "diagnostics" | "texts">,
  { tell, colours }: Terminal,
): Promise<void> {
  const [{ renderText }, { sourcesOf }] = await Promise.all([import("../diagnostics/render/text.ts"), import("../diagnostics/sources.ts")]);
  tell(renderText(diagnostics, sourcesOf(texts), { colour: colours.told }).trimEnd());
}
