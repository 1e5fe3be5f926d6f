import type { Change, Event } from "../../model/event.ts";
import { statementsAt } from "../javascript/lay-out-statements.ts";
import { call, object, path, type Statement } from "../javascript/syntax.ts";
import { usedParameters } from "../javascript/uses.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitExpression, type Scope } from "./expression.ts";
import { emitFields } from "./field.ts";
import { eventScope, Locals, type Subject } from "./scopes.ts";
import { methodText, openingText, propertyText } from "./section.ts";

export function shapeEvent(event: Event, subject: Subject) {
  const scope = eventScope(subject, new Locals(subject.variable, "event"));
  const body = event.changes.map((change) => emitChange(change, subject, scope));
  return {
    open: openingText(1, event.name),
    fields: propertyText(2, "fields", emitFields(event.fields)),
    apply: methodText(2, "apply", usedParameters([subject.variable, "event"], body)),
    body: statementsAt(3, body),
  };
}

function emitChange(change: Change, { variable }: Subject, scope: Scope): Statement {
  switch (change.kind) {
    case "set": {
      const changes = object(change.assignments.map(({ field, value }) => [field, emitExpression(value, scope)]));
      return { kind: "do", expression: call(path(variable, "setState"), changes) };
    }
    case "end":
      return { kind: "do", expression: call(path(variable, "end")) };
    default:
      return notEmitted(`"${change.kind}"`);
  }
}
