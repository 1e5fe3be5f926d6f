import { OutOfRange } from "../protocol/calculation/out-of-range.ts";
import { problem } from "../protocol/problem.ts";
import type { Decide } from "./decide.ts";
import { Unpublishable } from "./unpublishable.ts";

/** A command that leads to what no type can hold is turned down: a sum too large is nobody's mistake but the numbers'. */
export function rejectImpossible(decide: Decide): Decide {
  return (aggregate, task) => {
    try {
      return decide(aggregate, task);
    } catch (error) {
      if (error instanceof Unpublishable) return { kind: "rejected", problem: problem("rejected", error.message, error.faults) };
      if (error instanceof OutOfRange) return { kind: "rejected", problem: problem("rejected", `${error.message}.`) };
      throw error;
    }
  };
}
