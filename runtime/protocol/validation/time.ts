import { fault, type Check } from "./check.ts";

const moment = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const day = /^\d{4}-\d\d-\d\d$/;
const earliest = Date.parse("0000-01-01T00:00:00.000Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");

/** An instant, as milliseconds since 1970 or as ISO 8601 with an offset; kept in UTC with milliseconds, so that text order is time order. */
export const checkTimestamp: Check = (value, faults) => {
  const time = typeof value === "string" && isMoment(value) ? Date.parse(value) : value;
  if (typeof time !== "number" || !Number.isInteger(time) || time < earliest || time > latest) {
    return fault(faults, "must be a moment with its offset, like 2026-01-31T09:30:00Z");
  }
  return new Date(time).toISOString();
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

const length = /^(-?)P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?)?$/;

/** A length of time from seconds to weeks as ISO 8601; equal lengths get one form, in days, hours, minutes and seconds. */
export const checkDuration: Check = (value, faults) => {
  const parts = typeof value === "string" && value.length <= 60 ? length.exec(value) : null;
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = ""] = parts ?? [];
  const time = (((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const milliseconds = time * 1000 + Number(fraction.padEnd(3, "0"));

  if (parts === null || !Number.isSafeInteger(milliseconds)) return fault(faults, "must be a length of time like P3D or PT90S");
  return durationText(sign === "-" && milliseconds > 0 ? "-" : "", milliseconds);
};

function durationText(sign: string, milliseconds: number): string {
  if (milliseconds === 0) return "PT0S";
  const seconds = (milliseconds % 60_000) / 1000;
  const [minutes, hours, days] = [
    Math.floor(milliseconds / 60_000) % 60,
    Math.floor(milliseconds / 3_600_000) % 24,
    Math.floor(milliseconds / 86_400_000),
  ];
  const time = [hours && `${hours}H`, minutes && `${minutes}M`, seconds && `${seconds}S`].filter(Boolean).join("");
  return `${sign}P${days ? `${days}D` : ""}${time && `T${time}`}`;
}
