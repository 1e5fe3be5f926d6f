import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Domain } from "../model/domain.ts";
import type { Place } from "../model/place.ts";

/**
 * One thing to check. What was wrong before has been left out of the model, so that a rule which concludes from something's absence has to ask
 * whether the part that it would be in is whole.
 */
export type Rule = (domain: Domain, known: Known) => Iterable<Diagnostic>;

export interface Known {
  /** Nothing in this part of the model was wrong so far. */
  /** Nothing at all was. */
  readonly isAllWhole: boolean;
  isWhole(part: { readonly place: Place }): boolean;
}
