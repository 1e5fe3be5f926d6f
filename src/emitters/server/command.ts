import type { Command, CommandStatement, Publish, Reason, Reject } from "../../model/command.ts";
import type { Assignment } from "../../model/expression.ts";
import type { Field } from "../../model/field.ts";
import type { Event } from "../../model/event.ts";
import { statementsAt } from "../javascript/lay-out-statements.ts";
import { call, constant, object, path, template, text, type Js, type Statement } from "../javascript/syntax.ts";
import { usedParameters, withoutUnused } from "../javascript/uses.ts";
import { notEmitted } from "../not-emitted.ts";
import { handlerName } from "./code.ts";
import { done, endsAlways, withoutElse } from "./ending.ts";
import { emitExpression } from "./expression.ts";
import { emitFields, formerNames } from "./field.ts";
import { emitLet } from "./let.ts";
import { narrowingIn } from "./narrowing.ts";
import type { Scope } from "./scope.ts";
import { commandScope, Locals, type Subject } from "./scopes.ts";
import { methodText, openingText, propertyText } from "./section.ts";

export function shapeCommand(command: Command, subject: Subject, events: readonly Event[]) {
  const locals = new Locals(subject.variable, "command", "mark", handlerName(command));
  const scope = commandScope(subject, locals, narrowingIn(command.statements));
  const statements = emitStatements(command.statements, { scope, subject, events, handler: handlerName(command) });
  const body = endsAlways(statements) ? statements : [...statements, done];
  return {
    open: openingText(1, command.name),
    head: [["on", text(command.on)] as const, ...formerNames(command.was)].map(([key, value]) => propertyText(2, key, value)).join("\n"),
    fields: propertyText(2, "fields", emitFields(command.fields, subject.imports)),
    handle: methodText(2, "handle", usedParameters([subject.variable, "command", "mark"], body)),
    body: statementsAt(3, body),
  };
}

interface Place {
  readonly scope: Scope;
  readonly subject: Subject;
  readonly events: readonly Event[];
  /** What is called where the model says "by code". */
  readonly handler: string;
}

const emitStatements = (statements: readonly CommandStatement[], place: Place): readonly Statement[] =>
  withoutUnused(withoutElse(statements.map((statement) => emitStatement(statement, place))));

function emitStatement(statement: CommandStatement, place: Place): Statement {
  const { scope, subject } = place;
  switch (statement.kind) {
    case "reject":
      return emitReject(statement, scope);
    case "publish":
      return emitPublish(statement, place);
    case "let":
      return emitLet(nameOf(scope.local(statement.name)), statement.value, scope);
    case "when":
      return {
        kind: "if",
        test: emitExpression(statement.condition, scope),
        then: emitStatements(statement.statements, place),
        otherwise: emitStatements(statement.otherwise ?? [], place),
      };
    case "by-code":
      return { kind: "return", value: call(path(place.handler), path(subject.variable), path("command"), path("mark")) };
  }
}

const nameOf = (node: Js): string => (node.kind === "name" ? node.name : notEmitted("a name"));

function emitReject({ reason, condition }: Reject, scope: Scope): Statement {
  const rejection: Statement = { kind: "return", value: call(path("mark", "asRejected"), emitReason(reason, scope)) };
  return condition === undefined ? rejection : { kind: "if", test: emitExpression(condition, scope), then: [rejection] };
}

export function emitReason(reason: Reason, scope: Scope): Js {
  const parts = reason.map((part) => (typeof part === "string" ? part : emitShown(part, scope)));
  return parts.every((part) => typeof part === "string") ? text(parts.join("")) : template(parts);
}

function emitShown(part: Exclude<Reason[number], string>, scope: Scope): Js {
  const value = emitExpression(part, scope);
  return part.type.kind === "timestamp" ? scope.imports.inWords(value) : value;
}

function emitPublish({ event, data, condition }: Publish, { scope, subject, events }: Place): Statement {
  const fields = events.find((candidate) => candidate.name === event)?.fields ?? [];
  const publishing = call(path(subject.variable, "events", "publish"), text(event), emitData(fields, data, scope));
  const statement: Statement = { kind: "do", expression: publishing };
  return condition === undefined ? statement : { kind: "if", test: emitExpression(condition, scope), then: [statement] };
}

/** Every field is there; one that was not given is none. */
function emitData(fields: readonly Field[], data: readonly Assignment[], scope: Scope): Js {
  const given = new Map(data.map(({ field, value }) => [field, value]));
  return object(
    fields.map(({ name }) => {
      const value = given.get(name);
      return [name, value === undefined ? constant(null) : emitExpression(value, scope)];
    }),
  );
}
