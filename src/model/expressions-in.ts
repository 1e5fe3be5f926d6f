import type { Aggregate } from "./aggregate.ts";
import type { Rule } from "./allow.ts";
import type { Command, CommandStatement, Reason } from "./command.ts";
import type { Change, Event } from "./event.ts";
import type { Assignment, Expression } from "./expression.ts";
import type { Flow, FlowStatement } from "./flow.ts";
import type { List, ListStatement } from "./list.ts";

// Every expression that stands in a part of the model, outermost ones only.

export type Statement = CommandStatement | Change | ListStatement | FlowStatement;

export const inCommand = ({ statements }: Command): readonly Expression[] => statements.flatMap(inStatement);

export const inEvent = ({ changes }: Event): readonly Expression[] => changes.flatMap(inStatement);

export function inAggregate({ commands, events, invariants, uniques }: Aggregate): readonly Expression[] {
  return [
    ...commands.flatMap((command) => [...inCommand(command), ...inRules(command.allows)]),
    ...events.flatMap((event) => [...inEvent(event), ...inRules(event.allows)]),
    ...invariants.flatMap(({ reason, condition }) => [...inReason(reason), condition]),
    ...uniques.flatMap(({ reason }) => inReason(reason)),
  ];
}

export function inList({ reactions, queries, allows }: List): readonly Expression[] {
  return [
    ...reactions.flatMap(({ statements }) => statements.flatMap(inStatement)),
    ...queries.flatMap(({ where, take }) => present(where, take)),
    ...inRules(allows),
  ];
}

export const inFlow = ({ reactions }: Flow): readonly Expression[] =>
  reactions.flatMap(({ trigger, statements }) => [
    ...(trigger.kind === "event" ? present(trigger.instance) : []),
    ...statements.flatMap(inStatement),
  ]);

const inRules = (rules: readonly Rule[]) => rules.flatMap(({ where }) => present(where));

export const inReason = (reason: Reason): readonly Expression[] => reason.filter((part) => typeof part !== "string");

const present = (...expressions: readonly (Expression | undefined)[]) => expressions.filter((expression) => expression !== undefined);

const values = (assignments: readonly Assignment[]) => assignments.map(({ value }) => value);

const parts: { readonly [Kind in Statement["kind"]]: (statement: Extract<Statement, { readonly kind: Kind }>) => readonly Expression[] } = {
  reject: ({ reason, condition }) => [...present(condition), ...inReason(reason)],
  publish: ({ data, condition }) => [...present(condition), ...values(data)],
  let: ({ value }) => [value],
  when: ({ condition, statements, otherwise }) => [condition, ...[...statements, ...(otherwise ?? [])].flatMap(inStatement)],
  "for-each": ({ collection, statements }) => [collection, ...statements.flatMap(inStatement)],
  "by-code": () => [],
  set: ({ assignments }) => values(assignments),
  "add-to": ({ value }) => [value],
  "remove-from": ({ value }) => [value],
  "remove-items": ({ condition }) => [condition],
  "update-items": ({ condition, assignments }) => [condition, ...values(assignments)],
  end: () => [],
  "add-row": ({ assignments }) => values(assignments),
  "update-row": ({ where, key, assignments, changes }) => [
    ...present(where),
    ...values(key ?? []),
    ...values(assignments),
    ...changes.flatMap(inStatement),
  ],
  "remove-row": ({ where }) => present(where),
  run: ({ on, data }) => [...(on === "new" ? [] : [on]), ...values(data)],
  schedule: ({ time }) => [time],
  cancel: () => [],
};

export function inStatement(statement: Statement): readonly Expression[] {
  return (parts[statement.kind] as (statement: Statement) => readonly Expression[])(statement);
}
