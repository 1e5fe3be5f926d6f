import { canonicalDecimal, countDigits, decimal, mostDigits } from "../calculation/decimal.ts";
import { fault, rangeInWords, type Check } from "./check.ts";

interface Range {
  readonly atLeast?: string;
  readonly atMost?: string;
}

/** An exact decimal number as text, in the one form that equal numbers share: "007.50" is "7.5", "-0" is "0". */
export function checkDecimal({ atLeast, atMost }: Range): Check {
  const rule = `must be a decimal number${rangeInWords(atLeast, atMost)}, written as text like "12.5"`;

  return (value, faults) => {
    const digits = typeof value === "string" && value.length <= 300 ? canonicalDecimal(value) : undefined;
    if (digits === undefined) return fault(faults, rule);
    if (countDigits(digits) > mostDigits) return fault(faults, `must have at most ${mostDigits} digits`);
    if (atLeast !== undefined && decimal.isLessThan(digits, atLeast)) return fault(faults, rule);
    if (atMost !== undefined && decimal.isMoreThan(digits, atMost)) return fault(faults, rule);
    return digits;
  };
}
