/** The public entry for generated servers. */
export type { Application } from "./application.ts";
export type { ListDefinition } from "./read/list.ts";
export type { AggregateDefinition } from "./write/aggregate.ts";
