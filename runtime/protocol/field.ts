/**
 * The types of the language as data. A value in memory is its own wire form: what JSON carries is what state, events and rows hold,
 * so nothing is converted between the socket, the log and the generated code. `none` is null.
 */
export type FieldType =
  | { readonly type: "text"; readonly minLength?: number; readonly maxLength?: number; readonly matching?: RegExp }
  | { readonly type: "boolean" }
  | { readonly type: "integer" | "number"; readonly atLeast?: number; readonly atMost?: number }
  | { readonly type: "decimal"; readonly atLeast?: string; readonly atMost?: string }
  | { readonly type: "timestamp" | "date" | "duration" | "id" | "email" | "url" | "json" }
  | { readonly type: "reference"; readonly to: string }
  /** `renamed`: what options were called before, and what each is called now. */
  | { readonly type: "choice"; readonly of: readonly string[]; readonly renamed?: { readonly [old: string]: string } }
  /** A value that may hold others of its kind has its fields asked for. */
  | { readonly type: "value"; readonly fields: Fields | (() => Fields) }
  | { readonly type: "list" | "map"; readonly of: FieldType; readonly atLeast?: number; readonly atMost?: number };

/** `default` is what a field means that was left out, in its wire form; `was`, what it was called before, the latest name first. */
export type Field = FieldType & { readonly optional?: true; readonly default?: unknown; readonly was?: readonly string[] };

/** Fields by name, in the order of the model. */
export interface Fields {
  readonly [name: string]: Field;
}

/** The fields of what is known by its type. */
export type FieldsOf<Data> = { readonly [Name in keyof Data]: Field };
