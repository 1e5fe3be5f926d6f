import type { Aggregate } from "./aggregate.ts";
import type { Expression } from "./expression.ts";
import type { Field } from "./field.ts";
import type { Flow } from "./flow.ts";
import type { List } from "./list.ts";
import type { FormerNames } from "./names.ts";
import type { Declared, Place, Question } from "./place.ts";
import type { Scenario } from "./scenario.ts";
import type { Type } from "./types/type.ts";

/**
 * The checked model: what all files of a domain say together, with every name resolved and every shorthand expanded.
 * Everything stands in the order of the files, files in the order of their names.
 */
export interface Domain {
  readonly kind: "domain";
  readonly name: string;
  readonly description?: string;
  /** Where calendar days begin and end; UTC unless the domain says otherwise. */
  readonly timeZone: string;
  readonly roles: readonly Declared[];
  readonly contexts: readonly Context[];
  readonly values: readonly Value[];
  readonly choices: readonly Choice[];
  readonly functions: readonly FunctionDeclaration[];
  readonly tables: readonly Table[];
  readonly lists: readonly List[];
  readonly flows: readonly Flow[];
  readonly scenarios: readonly Scenario[];
  readonly questions: readonly Question[];
  readonly place: Place;
}

export interface Context extends Declared {
  readonly kind: "context";
  readonly aggregates: readonly Aggregate[];
  readonly was?: FormerNames;
  readonly questions: readonly Question[];
}

/** A value object: immutable, compared by content. */
export interface Value extends Declared {
  readonly kind: "value";
  readonly context?: string;
  readonly fields: readonly Field[];
  readonly was?: FormerNames;
}

export interface Choice extends Declared {
  readonly kind: "choice";
  readonly context?: string;
  readonly options: readonly { readonly name: string; readonly was?: FormerNames }[];
  readonly was?: FormerNames;
}

/** Pure, written in TypeScript. */
export interface FunctionDeclaration extends Declared {
  readonly kind: "function";
  readonly context?: string;
  readonly parameters: readonly Field[];
  readonly result: Type;
}

export interface Table extends Declared {
  readonly kind: "table";
  readonly context?: string;
  readonly columns: readonly Field[];
  /** Constants, one for each column. */
  readonly rows: readonly (readonly Expression[])[];
}
