import { problem, type Problem } from "../protocol/problem.ts";
import { StoreFailure } from "../store/store-failure.ts";

/** What a request hears that met a fault of ours: of a store that fails, that it may ask again. */
export function faultProblem(fault: unknown): Problem {
  return fault instanceof StoreFailure
    ? problem("unavailable", "The data cannot be read just now; ask again later.")
    : problem("internal", "Something went wrong here; it has been noted.");
}
