/** The public entry for generated servers. */
export type { Application } from "./application.ts";
export type { FlowDefinition, ForReactions, OnEvent, OnRejection, OnTimer, RanCommand, Rejection } from "./flows/flow.ts";
export { content } from "./protocol/calculation/content.ts";
export { date } from "./protocol/calculation/date.ts";
export { decimal } from "./protocol/calculation/decimal.ts";
export { duration } from "./protocol/calculation/duration.ts";
export { numbers } from "./protocol/calculation/numbers.ts";
export { timestamp } from "./protocol/calculation/timestamp.ts";
export type { FieldsOf } from "./protocol/field.ts";
export type { ForProjections, ListDefinition, ListField, ReadRule } from "./read/list.ts";
export { start } from "./start.ts";
export type { OldData, Upgrade } from "./evolution/upgrade.ts";
export type { AggregateDefinition } from "./write/aggregate.ts";
