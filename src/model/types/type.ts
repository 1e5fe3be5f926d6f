import type { AggregateName, SharedName } from "../names.ts";

/**
 * A type of the language. Names of `type` declarations are gone: a type is what it stands for, restrictions included.
 * Restrictions say what data may enter; they play no part in whether one type fits another.
 */
export type Type =
  | TextType
  | IntegerType
  | DecimalType
  | { readonly kind: "boolean" | "timestamp" | "date" | "duration" | "id" | "email" | "url" | "json" }
  /** The id of an aggregate of this name. */
  | ReferenceType
  | ChoiceType
  /** A value object; its fields stand in `Domain.values`. */
  | ValueType
  | ListType
  | { readonly kind: "map"; readonly of: Type }
  /** Never nested, never of `none`. */
  | { readonly kind: "optional"; readonly of: Type }
  /** Of the word `none` alone; it fits every optional. */
  | { readonly kind: "none" };

export interface TextType {
  readonly kind: "text";
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The source of a regular expression, as JavaScript reads it, without the slashes. */
  readonly matching?: string;
}

export interface IntegerType {
  readonly kind: "integer" | "number";
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Bounds as digits, so that they stay exact. */
export interface DecimalType {
  readonly kind: "decimal";
  readonly atLeast?: string;
  readonly atMost?: string;
}

export interface ReferenceType {
  readonly kind: "reference";
  readonly to: AggregateName;
}

export interface ChoiceType {
  readonly kind: "choice";
  readonly choice: SharedName;
  /** In the order of the model. */
  readonly options: readonly string[];
  /** What options were called before, and what each is called now. */
  readonly renamed?: { readonly [old: string]: string };
}

export interface ValueType {
  readonly kind: "value";
  readonly value: SharedName;
}

export interface ListType {
  readonly kind: "list";
  readonly of: Type;
  readonly atLeast?: number;
  readonly atMost?: number;
}
