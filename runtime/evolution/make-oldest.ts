import { isRecord } from "../protocol/is-record.ts";
import type { Field, Fields, FieldType } from "../protocol/field.ts";
import { compileOnce, type Above, type Rewrite } from "./compile-once.ts";

/** Gives current data the names that its fields and options had at first. Never changes what it is given. */
export type MakeOldest = Rewrite;

/** Compiles a description of fields into what gives data of them its oldest names, deeply; undefined where no name has changed. */
export function oldestFields(fields: Fields): MakeOldest | undefined {
  return compileFields(fields, new Map());
}

function compileFields(fields: Fields, above: Above): MakeOldest | undefined {
  return compileOnce(fields, above, () => {
    const changed = new Map(Object.entries(fields).flatMap(([name, field]) => oldestField(name, field, above)));
    return changed.size === 0 ? undefined : renaming(changed);
  });
}

interface Oldest {
  readonly name: string;
  readonly inside: MakeOldest | undefined;
}

function oldestField(name: string, field: Field, above: Above): readonly (readonly [string, Oldest])[] {
  const oldest: Oldest = { name: field.was?.at(-1) ?? name, inside: oldestValue(field, above) };
  return oldest.name === name && oldest.inside === undefined ? [] : [[name, oldest]];
}

/** The fields stay in their order. */
function renaming(changed: ReadonlyMap<string, Oldest>): MakeOldest {
  const oldest = ([name, value]: readonly [string, unknown]): readonly [string, unknown] => {
    const found = changed.get(name);
    return found === undefined ? [name, value] : [found.name, found.inside?.(value) ?? value];
  };
  return (data) => (isRecord(data) ? Object.fromEntries(Object.entries(data).map(oldest)) : data);
}

function oldestValue(type: FieldType, above: Above): MakeOldest | undefined {
  switch (type.type) {
    case "choice":
      return type.renamed && oldestOption(Object.entries(type.renamed));
    case "value":
      return compileFields(typeof type.fields === "function" ? type.fields() : type.fields, above);
    case "list": {
      const item = oldestValue(type.of, above);
      return item && ((list) => (Array.isArray(list) ? list.map(item) : list));
    }
    case "map": {
      const item = oldestValue(type.of, above);
      return item && ((map) => (isRecord(map) ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, item(value)])) : map));
    }
    default:
      return undefined;
  }
}

/** Of several former names the oldest stands last. */
function oldestOption(renamed: readonly (readonly [string, string])[]): MakeOldest {
  const oldest = new Map<unknown, string>(renamed.map(([old, now]) => [now, old]));
  return (option) => oldest.get(option) ?? option;
}
