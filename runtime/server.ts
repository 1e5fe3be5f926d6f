/** The public entry for generated servers. */
export type { Application } from "./application.ts";
export type { ForProjections, ListDefinition, ListField, ReadRule } from "./read/list.ts";
export { start } from "./start.ts";
export type { AggregateDefinition } from "./write/aggregate.ts";
