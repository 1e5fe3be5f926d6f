import { millisecondsIn } from "../protocol/calculation/duration.ts";

/** The last instant that a date can name, some 270,000 years from now. */
const latest = 8_640_000_000_000_000;

/** When a timer is due, in milliseconds since 1970, that is set at a time. Throws where it is not said in ISO 8601. */
export function dueAt(time: number, due: { readonly in: string } | { readonly at: string }): number {
  if ("in" in due) return Math.min(time + millisecondsIn(due.in), latest);
  const at = Date.parse(due.at);
  if (Number.isNaN(at)) throw new TypeError(`"${due.at}" is no moment`);

  return at;
}
