import { outermost } from "./outermost.ts";
import { OutOfRange } from "./out-of-range.ts";

const written = /^(-?)P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?)?$/;
const [second, minute, hour] = [1_000, 60_000, 3_600_000];
export const millisecondsOfDay = 24 * hour;

/** A length of time in milliseconds; undefined where the text is none, or too long to be exact. */
export function readDuration(text: string): number | undefined {
  const parts = text.length <= 60 ? written.exec(text) : null;
  if (parts === null) return undefined;
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = ""] = parts;
  const whole = (((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const milliseconds = whole * second + Number(fraction.padEnd(3, "0"));
  if (!Number.isSafeInteger(milliseconds)) return undefined;
  return sign === "-" && milliseconds > 0 ? -milliseconds : milliseconds;
}

/** The one form that equal lengths share: in days, hours, minutes and seconds. */
export function durationText(milliseconds: number): string {
  if (!Number.isSafeInteger(milliseconds)) throw new OutOfRange("A length of time cannot have more than 9007199254740991 milliseconds");
  if (milliseconds === 0) return "PT0S";
  const length = Math.abs(milliseconds);
  const days = Math.floor(length / millisecondsOfDay);
  const hours = Math.floor(length / hour) % 24;
  const minutes = Math.floor(length / minute) % 60;
  const seconds = (length % minute) / second;
  const time = [hours && `${hours}H`, minutes && `${minutes}M`, seconds && `${seconds}S`].filter(Boolean).join("");
  return `${milliseconds < 0 ? "-" : ""}P${days ? `${days}D` : ""}${time && `T${time}`}`;
}

/** Throws where the text is no duration, which validated data never is. */
export function millisecondsIn(duration: string): number {
  const milliseconds = readDuration(duration);
  if (milliseconds === undefined) throw new TypeError(`"${duration}" is no length of time`);
  return milliseconds;
}

/**
 * Calculates with lengths of time in their wire form, ISO 8601 in the one form that equal lengths share ("P1DT2H"), so that `===` compares them.
 * Exact to the millisecond.
 */
export const duration = {
  /** For code by hand: from milliseconds, and back. */
  of: durationText,
  milliseconds: millisecondsIn,
  add: (left: string, right: string): string => durationText(millisecondsIn(left) + millisecondsIn(right)),
  subtract: (left: string, right: string): string => durationText(millisecondsIn(left) - millisecondsIn(right)),
  multiply: (length: string, factor: number): string => durationText(Math.round(millisecondsIn(length) * factor)),
  negate: (length: string): string => durationText(-millisecondsIn(length)),
  isLessThan: (left: string, right: string): boolean => millisecondsIn(left) < millisecondsIn(right),
  isAtMost: (left: string, right: string): boolean => millisecondsIn(left) <= millisecondsIn(right),
  isMoreThan: (left: string, right: string): boolean => millisecondsIn(left) > millisecondsIn(right),
  isAtLeast: (left: string, right: string): boolean => millisecondsIn(left) >= millisecondsIn(right),
  sum: (values: readonly string[]): string => durationText(values.reduce((total, value) => total + millisecondsIn(value), 0)),
  /** None where there are no values. */
  smallest: (values: readonly string[]): string | null => outermost(values, duration.isLessThan),
  largest: (values: readonly string[]): string | null => outermost(values, duration.isMoreThan),
};
