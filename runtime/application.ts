import type { FlowDefinition } from "./flows/flow.ts";
import type { ListDefinition } from "./read/list.ts";
import type { AggregateDefinition } from "./write/aggregate.ts";

// A definition is used at its own types only where it was generated; here all kinds stand side by side, and `any` is the only type that all of them fit.
/** What a generated `server/server.ts` hands to `start`: the whole application as data and functions. */
export interface Application {
  readonly name: string;
  readonly description?: string;
  /** The roles that the model names. */
  readonly roles?: readonly string[];
  readonly aggregates: readonly AggregateDefinition<any, any, any>[];
  readonly lists: readonly ListDefinition<any, any, any>[];
  readonly flows?: readonly FlowDefinition<any, any, any, any>[];
}
