import type { Invariant, Unique } from "../../model/aggregate.ts";
import type { Reason } from "../../model/command.ts";
import { array, arrow, openObject, text, type Js } from "../javascript/syntax.ts";
import { mentions, usedParameters } from "../javascript/uses.ts";
import { emitReason } from "./command.ts";
import { emitExpression } from "./expression.ts";
import { narrowingIn } from "./narrowing.ts";
import { permissionScope, type Subject } from "./scopes.ts";

/** What has to hold at the end of every command. */
export const emitInvariants = (invariants: readonly Invariant[], subject: Subject): Js =>
  array(
    invariants.map(({ reason, condition }) => {
      const holds = emitExpression(condition, permissionScope(subject, narrowingIn(condition)));
      return openObject([
        ["reason", emitReasonOf(reason, subject)],
        ["holds", arrow(usedParameters([subject.variable], holds), holds)],
      ]);
    }),
  );

/** The fields whose value no two living aggregates share. */
export const emitUniques = (uniques: readonly Unique[], subject: Subject): Js =>
  array(
    uniques.map(({ field, reason }) =>
      openObject([
        ["field", text(field)],
        ["reason", emitReasonOf(reason, subject)],
      ]),
    ),
  );

/** A reason that holds values is asked for once the state is known. */
function emitReasonOf(reason: Reason, subject: Subject): Js {
  const words = emitReason(reason, permissionScope(subject, narrowingIn(...reason.filter((part) => typeof part !== "string"))));
  return mentions(subject.variable, words) ? arrow([subject.variable], words) : words;
}
