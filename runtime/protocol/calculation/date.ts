import { durationText, millisecondsIn, millisecondsOfDay } from "./duration.ts";
import { OutOfRange } from "./out-of-range.ts";
import { timestampText } from "./timestamp.ts";

/** Calculates with calendar days in their wire form, in which the order of texts is the order of time. */
export const date = {
  /** The day that it is at this instant: in UTC, or where this time zone of the IANA database says what the clocks show. */
  of: (instant: string, timeZone?: string): string => (timeZone === undefined ? instant.slice(0, 10) : dayIn(timeZone, instant)),
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

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Asked of the platform, which has the data of all time zones: the calendar of ISO 8601 everywhere. */
function dayIn(timeZone: string, instant: string): string {
  const clock = clocks.get(timeZone) ?? clockOf(timeZone);
  const parts = new Map(clock.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]));
  const year = Number(parts.get("year"));
  const [bce, month, day] = [parts.get("era") === "B", Number(parts.get("month")), Number(parts.get("day"))];
  return told(new Date(0).setUTCFullYear(bce ? 1 - year : year, month - 1, day));
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock = new Intl.DateTimeFormat("en-u-ca-gregory", {
    timeZone,
    era: "narrow",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  clocks.set(timeZone, clock);
  return clock;
}
