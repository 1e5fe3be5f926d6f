import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain, Value } from "../../model/domain.ts";
import { fullName } from "../../model/names.ts";

/** A value comes to an end. */
export function* valueContainsItself(domain: Domain): Iterable<Diagnostic> {
  const values = new Map(domain.values.map((value) => [fullName(value), value]));
  const told = new Set<Value>();
  for (const value of domain.values) {
    const path = told.has(value) ? undefined : pathToItself(value, values);
    if (path === undefined) continue;
    for (const member of path) told.add(member);
    yield diagnostic("value-contains-itself", value.place, { name: value.name, path: [...path, value].map(({ name }) => name) });
  }
}

/** The values on the way from a value back to itself, through fields that always hold one. */
function pathToItself(start: Value, values: ReadonlyMap<string, Value>): readonly Value[] | undefined {
  const seen = new Set<Value>();
  const search = (value: Value, path: readonly Value[]): readonly Value[] | undefined => {
    for (const inner of contained(value, values)) {
      if (inner === start) return path;
      if (seen.has(inner)) continue;
      seen.add(inner);
      const found = search(inner, [...path, inner]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(start, [start]);
}

const contained = ({ fields }: Value, values: ReadonlyMap<string, Value>): readonly Value[] =>
  fields.flatMap(({ type }) => (type.kind === "value" ? (values.get(fullName(type.value)) ?? []) : []));
