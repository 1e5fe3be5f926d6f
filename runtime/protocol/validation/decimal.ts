import { fault, rangeInWords, type Check } from "./check.ts";

interface Range {
  readonly atLeast?: string;
  readonly atMost?: string;
}

const written = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/;
const mostDigits = 34;

/** An exact decimal number as text, in the one form that equal numbers share: "007.50" is "7.5", "-0" is "0". */
export function checkDecimal({ atLeast, atMost }: Range): Check {
  const rule = `must be a decimal number${rangeInWords(atLeast, atMost)}, written as text like "12.5"`;

  return (value, faults) => {
    const decimal = typeof value === "string" && value.length <= 200 ? canonicalDecimal(value) : undefined;
    if (decimal === undefined) return fault(faults, rule);
    if (decimal.replace(/\D/g, "").length > mostDigits) return fault(faults, `must have at most ${mostDigits} digits`);
    if (atLeast !== undefined && compareDecimals(decimal, atLeast) < 0) return fault(faults, rule);
    if (atMost !== undefined && compareDecimals(decimal, atMost) > 0) return fault(faults, rule);
    return decimal;
  };
}

function canonicalDecimal(text: string): string | undefined {
  const parts = /^-?\d+(\.\d+)?$/.test(text) ? written.exec(text) : null;
  if (parts === null) return undefined;
  const [, sign, whole, fraction] = parts;
  const digits = fraction ? `${whole}.${fraction}` : whole!;
  return digits === "0" ? "0" : `${sign}${digits}`;
}

/** Negative, zero or positive, as for sorting. Both are decimal numbers in plain notation. */
export function compareDecimals(left: string, right: string): number {
  const places = Math.max(placesOf(left), placesOf(right));
  const difference = scaled(left, places) - scaled(right, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function placesOf(decimal: string): number {
  const point = decimal.indexOf(".");
  return point < 0 ? 0 : decimal.length - point - 1;
}

function scaled(decimal: string, places: number): bigint {
  return BigInt(decimal.replace(".", "") + "0".repeat(places - placesOf(decimal)));
}
