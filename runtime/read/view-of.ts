import { conditionOf, keeping, type Asking } from "./answer-query.ts";
import { holding } from "./holds.ts";
import type { View } from "./window.ts";

/** What somebody who asks like this sees; `first` finds the first rows of the answer. */
export function viewOf({ query, permission }: Asking, first: View["first"]): View {
  const holds = holding(conditionOf(query, permission));
  const keeps = keeping(query, permission);

  return { query, keeps: (candidate) => holds(candidate.cells) && (!keeps || keeps(candidate)), first };
}
