import { StoreFailure } from "./store-failure.ts";

export function notEmpty(place: string): StoreFailure {
  return new StoreFailure("not-empty", `There are events in ${place} already.`, "Restore into a new log: name another one with --store.");
}
