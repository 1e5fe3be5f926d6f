import { conditionOf, keeping, type Asking } from "./answer-query.ts";
import { equalityOf } from "./equality.ts";
import { holding } from "./holds.ts";
import type { View } from "./window.ts";

/** What somebody who asks like this sees; `first` finds the first rows of the answer. */
export function viewOf({ query, permission }: Asking, first: View["first"]): View {
  const condition = conditionOf(query, permission);
  const holds = holding(condition);
  const keeps = keeping(query, permission);

  return { query, equality: equalityOf(condition), keeps: (candidate) => holds(candidate.cells) && (!keeps || keeps(candidate)), first };
}
