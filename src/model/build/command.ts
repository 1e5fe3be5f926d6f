import type * as tree from "../../../grammar/ast.ts";
import type { Rule } from "../allow.ts";
import type { Command, CommandCode, CommandStatement, Publish, Reject } from "../command.ts";
import { assign } from "../resolve/assign.ts";
import { complain, type Environment, placeOf } from "../resolve/environment.ts";
import { findEvent, requireOwn } from "../resolve/find-type.ts";
import { infer } from "../resolve/infer.ts";
import { presentWhere } from "../resolve/narrow.ts";
import { negated } from "../resolve/negate.ts";
import { afterEvent, type Layer, type Scope, withPresent } from "../resolve/scope.ts";
import type { CommandSymbol } from "../symbols/symbols.ts";
import { isForAuthenticated, publishes } from "./authenticated.ts";
import { buildBlock, buildLet, buildWhen, type Built, type Dialect, type Position, the } from "./block.ts";
import { buildCondition } from "./condition.ts";
import { declaredAs, formerly } from "./declared.ts";
import { buildFields } from "./field.ts";
import { buildReason } from "./reason.ts";
import { commandLayer, commandScope, stateLayer } from "./scopes.ts";

export function buildCommand(env: Environment, command: CommandSymbol, allows: readonly Rule[]): Command {
  const { tree, aggregate } = command;
  const on = tree.on?.mode ?? "existing";
  if (tree.on !== undefined) requireOwn(env, tree.on.aggregate, aggregate);
  const stateAtFirst = stateLayer(env, aggregate, on === "existing" ? "yes" : on === "new" ? "no" : "perhaps");
  const scope = commandScope(env, command, stateAtFirst, isForAuthenticated(command));
  const { statements } = buildBlock(tree.statements, scope, dialectOf(command, commandLayer(env, command), stateAtFirst));
  return {
    kind: "command",
    ...declaredAs(env, tree),
    ...formerly(tree.was),
    on,
    fields: buildFields(env, command.fields),
    statements,
    allows,
    publishes: [...new Set(publishedBy(statements))],
  };
}

function publishedBy(statements: readonly CommandStatement[]): readonly string[] {
  return statements.flatMap((statement) => {
    if (statement.kind === "publish") return [statement.event];
    if (statement.kind === "by-code") return statement.mayPublish;
    return statement.kind === "when" ? [...publishedBy(statement.statements), ...publishedBy(statement.otherwise ?? [])] : [];
  });
}

function dialectOf(command: CommandSymbol, fields: Layer, stateAtFirst: Layer): Dialect<CommandStatement> {
  const dialect: Dialect<CommandStatement> = {
    place: "a command",
    handlers: {
      reject: buildReject,
      publish: (statement, scope) => {
        const { statement: built, scope: after } = buildPublish(statement, scope, command, fields);
        return { statement: built, scope: statement.when === undefined ? begun(after, stateAtFirst, command) : after };
      },
      let: buildLet,
      when: (statement, scope) => {
        const built = buildWhen(statement, scope, dialect);
        return { statement: built.statement, scope: publishes([statement]) ? afterEvent(built.scope) : built.scope };
      },
      "by-code": (statement, scope) => ({ statement: buildCode(statement, scope, command), scope }),
    },
  };
  return dialect;
}

/** After an event the aggregate exists, and all that its first events set is there. */
function begun(scope: Scope, stateAtFirst: Layer, { aggregate }: CommandSymbol): Scope {
  const state = stateLayer(scope.env, aggregate);
  const replaced = (layers: readonly Layer[]) => layers.map((layer) => (layer === stateAtFirst ? state : layer));
  return {
    ...scope,
    layers: replaced(scope.layers),
    prefixes: new Map([...scope.prefixes].map(([word, layers]) => [word, replaced(layers)])),
  };
}

function buildReject(statement: tree.Reject, scope: Scope, { isLast, isInner }: Position): Built<Reject> {
  const place = placeOf(scope.env, statement.span);
  if (statement.condition === undefined) {
    if (!isLast || !isInner) complain(scope.env, "reject-always", statement.span, { isInner });
    const reason = buildReason(statement.reason, scope);
    return { statement: reason && { kind: "reject", reason, place }, scope };
  }
  const written = buildCondition(statement.condition.condition, scope);
  const condition = written && (statement.condition.word === "unless" ? negated(written) : written);
  const known = (holds: boolean) => (condition === undefined ? scope : withPresent(scope, presentWhere(condition, holds)));
  const reason = buildReason(statement.reason, known(true));
  return { statement: reason && condition && { kind: "reject", reason, condition, place }, scope: known(false) };
}

function buildPublish(statement: tree.Publish, scope: Scope, command: CommandSymbol, fields: Layer): Built<Publish> {
  const { env } = scope;
  const condition = statement.when && buildCondition(statement.when, scope);
  const inside = condition === undefined ? scope : withPresent(scope, presentWhere(condition, true));
  const event = findEvent(env, [statement.event], command.aggregate);
  if (event?.tree.retired === true) complain(env, "event-retired", statement.event.span, { event: statement.event.text });
  const target = event && { names: event.fields, what: the("event", event.tree.name.text) };
  const data = target && assign(statement.args, target, inside, infer, { complete: statement.span, all: fields });
  const isSound = statement.when === undefined || condition !== undefined;
  return {
    statement:
      isSound && data
        ? { kind: "publish", event: statement.event.text, data, ...(condition && { condition }), place: placeOf(env, statement.span) }
        : undefined,
    scope: afterEvent(scope),
  };
}

function buildCode(statement: tree.ByCode, scope: Scope, { aggregate }: CommandSymbol): CommandCode {
  for (const path of statement.mayRun) complain(scope.env, "run-in-command", path.span, {});
  return {
    kind: "by-code",
    mayPublish: statement.mayPublish.filter((name) => findEvent(scope.env, [name], aggregate) !== undefined).map((name) => name.text),
    mayReject: statement.mayReject.map(({ value }) => value),
    place: placeOf(scope.env, statement.span),
  };
}
