import { durationText, readDuration } from "../calculation/duration.ts";
import { timestampText } from "../calculation/timestamp.ts";
import { fault, type Check } from "./check.ts";

const moment = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const day = /^\d{4}-\d\d-\d\d$/;

/** An instant, as milliseconds since 1970 or as ISO 8601 with an offset; kept in UTC with milliseconds, so that text order is time order. */
export const checkTimestamp: Check = (value, faults) => {
  const time = typeof value === "string" && isMoment(value) ? Date.parse(value) : value;
  const text = typeof time === "number" ? timestampText(time) : undefined;
  return text ?? fault(faults, "must be a moment with its offset, like 2026-01-31T09:30:00Z");
};

export const checkDate: Check = (value, faults) =>
  typeof value === "string" && day.test(value) && isDay(value) ? value : fault(faults, "must be a day like 2026-01-31");

function isMoment(text: string): boolean {
  const parts = moment.exec(text);
  return parts !== null && isDay(parts[1]!);
}

/** Dates forgive: they read February 30 as March 2. A day is real where it comes back as it was written. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A length of time from seconds to weeks as ISO 8601; equal lengths get one form, in days, hours, minutes and seconds. */
export const checkDuration: Check = (value, faults) => {
  const milliseconds = typeof value === "string" ? readDuration(value) : undefined;
  return milliseconds === undefined ? fault(faults, "must be a length of time like P3D or PT90S") : durationText(milliseconds);
};
