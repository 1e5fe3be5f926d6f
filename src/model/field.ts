import type { Expression } from "./expression.ts";
import type { FormerNames } from "./names.ts";
import type { Declared } from "./place.ts";
import type { Type } from "./types/type.ts";

/** A field of a command, an event or a value. What may be left out has an optional type or a default. */
export interface Field extends Declared {
  readonly type: Type;
  /** A constant: literals, options of choices, `[…]`, values built of constants. On an event's field: what events mean that are older than the field. */
  readonly default?: Expression;
  /** What the field was called before. */
  readonly was?: FormerNames;
}

/** A field of an aggregate's or a flow's state, or of a list. */
export interface StateField extends Field {
  /**
   * What it holds before anything was said: the default, or else its type's zero. Absent where the type has no zero and every first
   * event (every `add` of the list) sets the field, so that nobody ever sees it without a value.
   */
  readonly start?: Expression;
}
