import { durationText, millisecondsIn } from "./duration.ts";
import { OutOfRange } from "./out-of-range.ts";
import { shownIn } from "./wall-clock.ts";

const earliest = Date.parse("0000-01-01T00:00:00.000Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");

/** The wire form of an instant, in UTC with milliseconds; undefined outside of the years 0 to 9999, which have four digits. */
export function timestampText(milliseconds: number): string | undefined {
  const isTold = Number.isInteger(milliseconds) && milliseconds >= earliest && milliseconds <= latest;
  return isTold ? new Date(milliseconds).toISOString() : undefined;
}

/** Calculates with instants in their wire form, ISO 8601 in UTC with milliseconds, in which the order of texts is the order of time. */
export const timestamp = {
  add: (instant: string, length: string): string => told(Date.parse(instant) + millisecondsIn(length)),
  subtract: (instant: string, length: string): string => told(Date.parse(instant) - millisecondsIn(length)),
  /** How long it is from `earlier` to `later`: negative where they are the other way round. */
  difference: (later: string, earlier: string): string => durationText(Date.parse(later) - Date.parse(earlier)),
  /** "2026-11-28 14:30 (Europe/Berlin)": for people, as the clocks of a place show it. */
  inWords: (instant: string, timeZone: string): string =>
    `${told(shownIn(timeZone, instant)).slice(0, "2026-11-28T14:30".length).replace("T", " ")} (${timeZone})`,
  /** None where there are no values. */
  smallest: (values: readonly string[]): string | null => values.toSorted()[0] ?? null,
  largest: (values: readonly string[]): string | null => values.toSorted().at(-1) ?? null,
};

function told(milliseconds: number): string {
  const text = timestampText(milliseconds);
  if (text === undefined) throw new OutOfRange("A moment cannot be before the year 0 or after the year 9999");
  return text;
}
