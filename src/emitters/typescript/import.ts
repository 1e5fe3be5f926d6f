import { builders } from "prettier/doc";
import { textAt } from "../javascript/lay-out-statements.ts";

const { group, ifBreak, indent, join, line } = builders;

/** `import { a, type B } from "module";`; a single name stays on its line. */
export function importText(names: readonly string[], module: string, typesOnly = false): string {
  const list =
    names.length === 1 ? ["{ ", ...names, " }"] : group(["{", indent([line, join([",", line], [...names])]), ifBreak(","), line, "}"]);
  return textAt(0, ["import ", typesOnly ? "type " : "", list, ` from "${module}";`]);
}
