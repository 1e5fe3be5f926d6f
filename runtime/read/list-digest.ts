import { createHash } from "node:crypto";
import type { AnyList } from "./table.ts";

/** What tells a list from what it was before: its fields, its indexes, the text of its projections, the meaning of its events. */
export function digestOf(list: AnyList): string {
  const projections = Object.entries(list.when).map(([name, when]) => [name, String(when)]);

  return createHash("sha256")
    .update(JSON.stringify([3, list.fields, list.indexes, projections, list.meaning, (list.code ?? []).map(String)]))
    .digest("hex");
}
