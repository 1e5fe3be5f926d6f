import { durationText, millisecondsIn, millisecondsOfDay } from "./duration.ts";
import { OutOfRange } from "./out-of-range.ts";
import { timestampText } from "./timestamp.ts";
import { shownIn } from "./wall-clock.ts";

/** Calculates with calendar days in their wire form, in which the order of texts is the order of time. */
export const date = {
  /** The day that it is at this instant: in UTC, or where this time zone of the IANA database says what the clocks show. */
  of: (instant: string, timeZone?: string): string => (timeZone === undefined ? instant.slice(0, 10) : told(shownIn(timeZone, instant))),
  /** Only whole days count. */
  add: (day: string, length: string): string => told(Date.parse(day) + wholeDays(length)),
  subtract: (day: string, length: string): string => told(Date.parse(day) - wholeDays(length)),
  difference: (later: string, earlier: string): string => durationText(Date.parse(later) - Date.parse(earlier)),
  /** None where there are no values. */
  smallest: (values: readonly string[]): string | null => values.toSorted()[0] ?? null,
  largest: (values: readonly string[]): string | null => values.toSorted().at(-1) ?? null,
};

const wholeDays = (length: string): number => Math.trunc(millisecondsIn(length) / millisecondsOfDay) * millisecondsOfDay;

function told(milliseconds: number): string {
  const text = timestampText(milliseconds);
  if (text === undefined) throw new OutOfRange("A day cannot be before the year 0 or after the year 9999");
  return text.slice(0, 10);
}
