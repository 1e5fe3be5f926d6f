import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import { spelledOut } from "../../diagnostics/phrases.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";
import { inOneText, isReason, reasonsOf } from "../reasons.ts";
import type { Known } from "../rule.ts";

/** A scenario waits only for reasons that somebody gives. */
export function* unknownReason(domain: Domain, known: Known): Iterable<Diagnostic> {
  if (!known.isAllWhole) return;
  const aggregates = aggregatesOf(domain);
  const given = aggregates.flatMap(reasonsOf);
  const answers = aggregates.flatMap(({ name }) => runtimeAnswers(spelledOut(name)));
  const plain = given.map(({ reason }) => inOneText(reason));
  for (const { steps } of domain.scenarios) {
    for (const step of steps) {
      if (step.kind !== "then-rejected" || step.reason === undefined) continue;
      const { reason } = step;
      if (answers.includes(reason) || given.some((one) => isReason(reason, one.reason))) continue;
      const { nearest } = suggest(reason, plain);
      const related = given.find((one) => inOneText(one.reason) === nearest)?.place;
      yield diagnostic("unknown-reason", step.place, { reason, ...(nearest === undefined ? {} : { nearest }) }, { related });
    }
  }
}

/** What the runtime says by itself about an aggregate that is not at the point of its life where a command is for it. */
const runtimeAnswers = (name: string) => [`This ${name} does not exist.`, `This ${name} exists already.`, `This ${name} has ended.`];
