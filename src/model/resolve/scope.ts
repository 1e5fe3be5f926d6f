import type { Expression, Node } from "../expression.ts";
import type { Location } from "../../diagnostics/diagnostic.ts";
import { type Namespace, namespace } from "../symbols/namespace.ts";
import type { FieldSymbol } from "../symbols/symbols.ts";
import type { Type } from "../types/type.ts";
import type { Environment } from "./environment.ts";
import { typeOfField } from "./type.ts";

/** What a name stands for. Without a type it is declared with one that could not be told: whoever uses it hears nothing more. */
export interface Binding {
  readonly node: Node;
  readonly type: Type | undefined;
  /** A state field that holds nothing yet in a command on a new aggregate. */
  readonly unset?: boolean;
}

/** A group of names that a place knows, with what they stand for there. */
export interface Layer {
  readonly names: Namespace<unknown>;
  bind(name: string): Binding;
}

/** Everything that can be named at one place, and what is known there. */
export interface Scope {
  readonly env: Environment;
  /** What this place is, for sentences: `a command`, `an event`. */
  readonly place: string;
  /** Where a bare name is looked up, in this order. */
  readonly layers: readonly Layer[];
  /** What may stand before a dot, a scope word or the aggregate's name, and what there is behind it. */
  readonly prefixes: ReadonlyMap<string, readonly Layer[]>;
  /** The optionals that a check before has found to have a value (see `keyOf`). */
  readonly present: ReadonlySet<string>;
  /** `now` and `today` can be asked here. */
  readonly hasClock: boolean;
  /** What `it` is, in a condition on elements. */
  readonly element?: Binding;
}

/** Looks a name up, and counts that it is used. */
export function lookUp(layers: readonly Layer[], name: string): Binding | undefined {
  for (const { names, bind } of layers) {
    const entry = names.entries.get(name);
    if (entry === undefined) continue;
    entry.uses++;
    return bind(name);
  }
  return undefined;
}

/** Looks a name up without using it. */
export const peek = (layers: readonly Layer[], name: string): Binding | undefined =>
  layers.find(({ names }) => names.entries.has(name))?.bind(name);

export const knows = ({ layers }: Scope, name: string): boolean => layers.some(({ names }) => names.entries.has(name));

/** A layer of fields that the model declares. */
export function fieldLayer(
  env: Environment,
  names: Namespace<FieldSymbol>,
  bind: (field: string, type: Type | undefined) => Binding,
): Layer {
  return {
    names,
    bind(name) {
      const symbol = names.entries.get(name)?.item;
      return bind(name, symbol && typeOfField(env, symbol));
    },
  };
}

/** A layer of what is there by itself, for instance `event.id`. */
export function givenLayer(facts: { readonly [name: string]: Binding }, noun = "word"): Layer {
  const names = namespace<Binding>(noun, Object.entries(facts));
  return { names, bind: (name) => names.entries.get(name)?.item ?? { node: { kind: "literal", value: null }, type: undefined } };
}

/** With one more name, which wins over those around it. */
export function withLocal(scope: Scope, noun: string, name: string, binding: Binding, location: Location): Scope {
  const layer: Layer = { names: namespace<Binding>(noun, [[name, binding, location]]), bind: () => binding };
  return { ...scope, layers: [layer, ...scope.layers] };
}

export function withPresent(scope: Scope, keys: Iterable<string>): Scope {
  return { ...scope, present: new Set([...scope.present, ...keys]) };
}

/** What was known of the state is not known any more. */
export function afterEvent(scope: Scope): Scope {
  return { ...scope, present: new Set([...scope.present].filter((key) => !key.startsWith("state."))) };
}

/** The same text for the same thing, where that cannot change from one use to the next; undefined for what is computed. */
export function keyOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "read":
      return `${expression.from}.${expression.field}`;
    case "local":
      return `local ${expression.name}`;
    case "element":
      return `element ${expression.variable}`;
    case "given":
      return `given ${expression.what}`;
    case "present":
      return keyOf(expression.operand);
    case "member": {
      const of = keyOf(expression.of);
      return of === undefined ? undefined : `${of}.${expression.field}`;
    }
    default:
      return undefined;
  }
}
