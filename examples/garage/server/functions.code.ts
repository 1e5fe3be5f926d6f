import { duration } from "@wkgen/runtime";
import type { Functions } from "./functions.ts";

const hour = 60 * 60 * 1000;

export const startedHours: Functions["startedHours"] = (parked) => started(parked, hour);

export const startedDays: Functions["startedDays"] = (parked) => started(parked, 24 * hour);

/** Whoever has just come in has begun the first one. */
function started(parked: string, length: number): number {
  return Math.max(1, Math.ceil(duration.milliseconds(parked) / length));
}
