/** Decimal digits in the one form that equal numbers share: `1.50` is `1.5`, `007` is `7`, `-0` is `0`. */
export function canonicalDigits(digits: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(digits) ?? [];
  const plain = fraction === "" ? whole : `${whole}.${fraction}`;
  return plain === "0" ? "0" : `${sign}${plain}`;
}

const unitsInMilliseconds = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000, weeks: 604_800_000 } as const;

export type DurationUnit = keyof typeof unitsInMilliseconds;

/** A length of time in the one form that equal lengths share, in days, hours, minutes and seconds: 24 hours are `P1D`. Exact to the millisecond. */
export function canonicalDuration(amount: string, unit: DurationUnit): string {
  const milliseconds = Math.round(Number(amount) * unitsInMilliseconds[unit]);
  if (milliseconds === 0) return "PT0S";
  const days = Math.floor(milliseconds / unitsInMilliseconds.days);
  const hours = Math.floor(milliseconds / unitsInMilliseconds.hours) % 24;
  const minutes = Math.floor(milliseconds / unitsInMilliseconds.minutes) % 60;
  const seconds = (milliseconds % unitsInMilliseconds.minutes) / 1000;
  const time = [hours && `${String(hours)}H`, minutes && `${String(minutes)}M`, seconds && `${String(seconds)}S`].filter(Boolean).join("");
  return `P${days === 0 ? "" : `${String(days)}D`}${time === "" ? "" : `T${time}`}`;
}
