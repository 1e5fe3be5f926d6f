import type { Command } from "../../model/command.ts";
import type { Field } from "../../model/field.ts";
import type { FlowReaction, FlowStatement, FlowTrigger, Run, Schedule } from "../../model/flow.ts";
import { fullName, type CommandName } from "../../model/names.ts";
import { statementsAt } from "../javascript/lay-out-statements.ts";
import { call, constant, member, object, path, text, type Js, type Statement } from "../javascript/syntax.ts";
import { usedParameters, withoutUnused } from "../javascript/uses.ts";
import { emitConstant } from "./constant.ts";
import { done, endsAlways, handOver, withoutElse } from "./ending.ts";
import { emitChange } from "./event.ts";
import { emitExpression } from "./expression.ts";
import { emitLet } from "./let.ts";
import { narrowingIn } from "./narrowing.ts";
import type { Scope } from "./scope.ts";
import { flowScope, Locals, type Subject } from "./scopes.ts";
import { methodText } from "./section.ts";

/** What a reaction needs to know of its flow and of the domain. */
export interface FlowPlace {
  readonly subject: Subject;
  /** What is called where the model says "by code". */
  readonly handler: string;
  commandOf(name: CommandName): Command;
}

/** What a reaction is given besides the instance and the mark. */
const given: { readonly [Kind in FlowTrigger["kind"]]: readonly string[] } = {
  event: ["event"],
  rejection: ["command", "rejection"],
  timer: [],
};

export const parametersOf = ({ kind }: FlowTrigger, variable: string): readonly string[] => [variable, ...given[kind], "mark"];

/** The names that a reaction's file needs whatever the flow is called. */
export const flowWords = ["event", "command", "rejection", "mark"] as const;

export function nameOfTrigger(trigger: FlowTrigger): string {
  if (trigger.kind === "timer") return trigger.timer;
  return fullName(trigger.kind === "event" ? trigger.event : trigger.command);
}

export function shapeFlowReaction({ trigger, statements }: FlowReaction, place: FlowPlace) {
  const { variable } = place.subject;
  const locals = new Locals(variable, ...flowWords, "item", place.handler);
  const scope = flowScope(place.subject, trigger.kind, locals, narrowingIn(statements));
  const emitted = emitStatements(statements, { ...place, scope, locals, parameters: parametersOf(trigger, variable) }, true);
  const body = endsAlways(emitted) ? emitted : [...emitted, done];
  return {
    method: methodText(1, nameOfTrigger(trigger), usedParameters(parametersOf(trigger, variable), body)),
    body: statementsAt(2, body),
  };
}

interface Inside extends FlowPlace {
  readonly scope: Scope;
  readonly locals: Locals;
  readonly parameters: readonly string[];
}

/** `isLast`: nothing is left to be done after them. */
function emitStatements(statements: readonly FlowStatement[], inside: Inside, isLast: boolean): readonly Statement[] {
  const emitted = statements.flatMap((statement, index) => emitStatement(statement, inside, isLast && index === statements.length - 1));
  return withoutUnused(isLast ? withoutElse(emitted) : emitted);
}

function emitStatement(statement: FlowStatement, inside: Inside, isLast: boolean): readonly Statement[] {
  const { scope, subject, locals } = inside;
  const instance = (method: string, ...args: readonly Js[]): readonly Statement[] => [
    { kind: "do", expression: call(path(subject.variable, method), ...args) },
  ];
  switch (statement.kind) {
    case "run":
      return instance("run", text(fullName(statement.command)), emitRun(statement, inside));
    case "schedule":
      return instance("schedule", text(statement.timer), emitDue(statement, scope));
    case "cancel":
      return instance("cancel", text(statement.timer));
    case "let":
      return [emitLet(locals.nameOf(statement.name), statement.value, scope)];
    case "when":
      return [
        {
          kind: "if",
          test: emitExpression(statement.condition, scope),
          then: emitStatements(statement.statements, inside, isLast),
          otherwise: emitStatements(statement.otherwise ?? [], inside, isLast),
        },
      ];
    case "for-each": {
      const of = emitExpression(statement.collection, scope);
      const variable = locals.nameOf(statement.variable);
      return [{ kind: "for", variable, of, body: emitStatements(statement.statements, inside, false) }];
    }
    case "by-code":
      return handOver(call(path(inside.handler), ...inside.parameters.map((parameter) => path(parameter))), locals, isLast);
    default:
      return [emitChange(statement, subject, scope)];
  }
}

function emitRun({ command, on, data }: Run, { scope, subject, commandOf }: Inside): Js {
  const given = new Map(data.map(({ field, value }) => [field, value]));
  const values = commandOf(command).fields.map((field) => {
    const value = given.get(field.name);
    return [field.name, value === undefined ? leftOut(field, scope) : emitExpression(value, scope)] as const;
  });
  return object([
    ["on", on === "new" ? call(member(path(subject.variable), "newId")) : emitExpression(on, scope)],
    ["data", object(values)],
  ]);
}

/** What a field means that is not given. */
const leftOut = (field: Field, { imports }: Scope): Js =>
  field.default === undefined ? constant(null) : emitConstant(field.default, imports);

const emitDue = ({ word, time }: Schedule, scope: Scope): Js => object([[word, emitExpression(time, scope)]]);
