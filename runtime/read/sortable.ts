import { durationText, readDuration } from "../protocol/calculation/duration.ts";

const mostPlaces = 5000;
const complement = (digits: string) => digits.replace(/\d/g, (digit) => String(9 - Number(digit)));

/**
 * A decimal as text that sorts as the number does: its sign, how many digits stand before the point, its digits. For negative ones all of that
 * is turned round. Equal numbers have the same text.
 */
export function sortableDecimal(decimal: string): string {
  const [, sign, whole = "", fraction = ""] = /^(-?)0*(\d*)\.?(\d*?)0*$/.exec(decimal) ?? [];
  const all = whole + fraction;
  const digits = all.replace(/^0+/, "").replace(/0+$/, "");
  if (digits === "") return "1";
  const places = String(whole.length - (all.length - all.replace(/^0+/, "").length) + mostPlaces).padStart(4, "0");

  return sign === "-" ? `0${complement(places + digits)}~` : `2${places}${digits}`;
}

export function decimalOf(sortable: string): string {
  if (sortable === "1") return "0";
  const isNegative = sortable.startsWith("0");
  const text = isNegative ? complement(sortable.slice(1, -1)) : sortable.slice(1);
  const places = Number(text.slice(0, 4)) - mostPlaces;
  const digits = text.slice(4);
  const whole = places <= 0 ? "0" : digits.slice(0, places).padEnd(places, "0");
  const fraction = places < 0 ? "0".repeat(-places) + digits : digits.slice(places);

  return `${isNegative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** A duration as milliseconds, which sort as lengths of time do. */
export const sortableDuration = (duration: string): number => readDuration(duration) ?? 0;

export const durationOf = (milliseconds: number): string => durationText(milliseconds);
