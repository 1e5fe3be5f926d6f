import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { List } from "../../model/list.ts";

/** No two lists have the same fields, filled by the same lines: every event would be kept twice. */
export function* listRepeated(domain: Domain): Iterable<Diagnostic> {
  const first = new Map<string, List>();
  for (const list of domain.lists) {
    const key = contentOf(list);
    const before = first.get(key);
    if (before === undefined) first.set(key, list);
    else yield diagnostic("list-repeated", list.place, { list: list.name, other: before.name }, { related: before.place });
  }
}

const contentOf = ({ fields, reactions }: List): string =>
  JSON.stringify([fields, reactions], (key, value: unknown) =>
    key === "place" || key === "span" || key === "description" ? undefined : value,
  );
