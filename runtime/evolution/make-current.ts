import type { Field, Fields, FieldType } from "../protocol/field.ts";
import { compileOnce, type Above, type Rewrite } from "./compile-once.ts";

/** Gives stored data the names and the completeness of now. Returns the same where nothing is to be done; never changes what it is given. */
export type MakeCurrent = Rewrite;

/**
 * Compiles a description of fields into what makes old data current, deeply: fields and options under their names of now, what was left out in
 * the meaning that the model gives it. Nothing is refused: what it does not understand it leaves alone. Undefined where there is nothing to do, ever.
 */
export function currentFields(fields: Fields): MakeCurrent | undefined {
  return compileFields(fields, new Map());
}

function compileFields(fields: Fields, above: Above): MakeCurrent | undefined {
  return compileOnce(fields, above, () => {
    const steps = Object.entries(fields).flatMap(([name, field]) => stepOf(name, field, above) ?? []);
    return steps.length === 0 ? undefined : takeSteps(steps);
  });
}

function takeSteps(steps: readonly Step[]): MakeCurrent {
  return (data) => {
    if (typeof data !== "object" || data === null || Array.isArray(data)) return data;
    let changed: Record<string, unknown> | undefined;
    for (const step of steps) {
      const name = nameIn(data, step);
      const before = name === undefined ? undefined : (data as Record<string, unknown>)[name];
      const after = valueOf(before, name === undefined, step);
      if (name === step.name ? after === before : after === undefined) continue;
      changed ??= { ...data };
      if (name !== undefined && name !== step.name) delete changed[name];
      changed[step.name] = after;
    }
    return changed ?? data;
  };
}

interface Step {
  readonly name: string;
  readonly was: readonly string[];
  /** What the field means where it is missing, and where it is `none` and may not be; undefined where the model does not say. */
  readonly missing: unknown;
  readonly none: unknown;
  readonly inside: MakeCurrent | undefined;
}

function stepOf(name: string, field: Field, above: Above): Step | undefined {
  const { was = [], optional = false, default: initially } = field;
  const missing = optional ? (initially ?? null) : initially;
  const inside = currentValue(field, above);
  if (was.length === 0 && missing === undefined && inside === undefined) return undefined;
  return { name, was, missing, none: optional ? null : (initially ?? null), inside };
}

function nameIn(data: object, { name, was }: Step): string | undefined {
  return Object.hasOwn(data, name) ? name : was.find((old) => Object.hasOwn(data, old));
}

function valueOf(value: unknown, isMissing: boolean, { missing, none, inside }: Step): unknown {
  if (isMissing) return missing;
  if (value === null) return none;
  return inside === undefined ? value : inside(value);
}

function currentValue(type: FieldType, above: Above): MakeCurrent | undefined {
  switch (type.type) {
    case "choice":
      return type.renamed && currentOption(new Map(Object.entries(type.renamed)));
    case "value":
      return compileFields(typeof type.fields === "function" ? type.fields() : type.fields, above);
    case "list":
      return currentList(currentValue(type.of, above));
    case "map":
      return currentMap(currentValue(type.of, above));
    default:
      return undefined;
  }
}

function currentOption(renamed: ReadonlyMap<unknown, string>): MakeCurrent {
  return (option) => renamed.get(option) ?? option;
}

function currentList(item: MakeCurrent | undefined): MakeCurrent | undefined {
  if (item === undefined) return undefined;
  return (list) => {
    if (!Array.isArray(list)) return list;
    const items = list.map(item);
    return items.every((each, index) => each === list[index]) ? list : items;
  };
}

function currentMap(item: MakeCurrent | undefined): MakeCurrent | undefined {
  if (item === undefined) return undefined;
  return (map) => {
    if (typeof map !== "object" || map === null || Array.isArray(map)) return map;
    const entries = Object.entries(map).map(([key, value]) => [key, item(value)] as const);
    return entries.every(([key, value]) => value === (map as Record<string, unknown>)[key]) ? map : Object.fromEntries(entries);
  };
}
