import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Aggregate } from "../../model/aggregate.ts";
import type { CommandStatement, Reason } from "../../model/command.ts";
import type { Domain } from "../../model/domain.ts";
import type { Place } from "../../model/place.ts";
import { aggregatesOf } from "../aggregates-of.ts";
import type { Known } from "../rule.ts";

/** A scenario waits only for reasons that somebody gives. */
export function* unknownReason(domain: Domain, known: Known): Iterable<Diagnostic> {
  if (!known.isAllWhole) return;
  const aggregates = aggregatesOf(domain);
  const given = aggregates.flatMap(reasonsOf);
  const plain = given.map(({ reason }) => inOneText(reason));
  for (const { steps } of domain.scenarios) {
    for (const step of steps) {
      if (step.kind !== "then-rejected" || step.reason === undefined) continue;
      const { reason } = step;
      if (given.some((one) => matches(reason, one.reason))) continue;
      const { nearest } = suggest(reason, plain);
      const related = given.find((one) => inOneText(one.reason) === nearest)?.place;
      yield diagnostic("unknown-reason", step.place, { reason, ...(nearest === undefined ? {} : { nearest }) }, { related });
    }
  }
}

interface GivenReason {
  readonly reason: Reason;
  readonly place: Place;
}

const reasonsOf = ({ commands, invariants, uniques }: Aggregate): readonly GivenReason[] => [
  ...commands.flatMap(({ statements }) => statements.flatMap(reasonsIn)),
  ...invariants,
  ...uniques,
];

function reasonsIn(statement: CommandStatement): readonly GivenReason[] {
  switch (statement.kind) {
    case "reject":
      return [statement];
    case "when":
      return [...statement.statements, ...(statement.otherwise ?? [])].flatMap(reasonsIn);
    case "by-code":
      return statement.mayReject.map((text) => ({ reason: [text], place: statement.place }));
    default:
      return [];
  }
}

const inOneText = (reason: Reason): string => reason.map((part) => (typeof part === "string" ? part : "…")).join("");

/** Where a reason holds values, anything may stand. */
function matches(text: string, reason: Reason): boolean {
  let at = 0;
  for (const [index, part] of reason.entries()) {
    if (typeof part !== "string") continue;
    const found = index === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return typeof reason.at(-1) !== "string" || text.endsWith(String(reason.at(-1)));
}
