const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * What clocks and calendars show at this instant in a time zone of the IANA database, to the minute: as the milliseconds at which they show the same in
 * UTC. Asked of the platform, which has the data of all time zones: the calendar of ISO 8601 everywhere.
 */
export function shownIn(timeZone: string, instant: string): number {
  const clock = clocks.get(timeZone) ?? clockOf(timeZone);
  const parts = new Map(clock.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]));
  const [year, month, day, hour, minute] = (["year", "month", "day", "hour", "minute"] as const).map((part) => Number(parts.get(part)));
  const shown = new Date(0);
  shown.setUTCFullYear(parts.get("era") === "B" ? 1 - year! : year!, month! - 1, day);
  return shown.setUTCHours(hour!, minute);
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock = new Intl.DateTimeFormat("en-u-ca-gregory", {
    timeZone,
    hourCycle: "h23",
    era: "narrow",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  clocks.set(timeZone, clock);
  return clock;
}
