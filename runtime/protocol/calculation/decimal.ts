import { Decimal } from "decimal.js";
import { outermost } from "./outermost.ts";
import { OutOfRange } from "./out-of-range.ts";

/** How many digits a decimal keeps; what a calculation has more of is rounded, half to even. */
export const mostDigits = 34;
/** Decimals are smaller than ten to the power of this. */
export const mostPlaces = 100;

const Exact = Decimal.clone({
  precision: mostDigits,
  rounding: Decimal.ROUND_HALF_EVEN,
  modulo: Decimal.ROUND_DOWN,
  maxE: mostPlaces - 1,
  minE: -mostPlaces,
});

/** What is divided by something that is known never to be zero always has an answer. */
type Quotient<Divisor extends string> = string extends Divisor ? string | null : string;

/**
 * Calculates with decimals in their wire form: digits as text, in the one form that equal numbers share ("7.5", "-0.25", "0"), so that `===` compares
 * them. Exact up to 34 digits, rounded half to even beyond. Throws `OutOfRange` where a result is ten to the power of 100 or more.
 */
export const decimal = {
  /** A whole number as a decimal. */
  of: (integer: number): string => written(new Exact(integer)),
  add: (left: string, right: string): string => written(Exact.add(left, right)),
  subtract: (left: string, right: string): string => written(Exact.sub(left, right)),
  multiply: (left: string, right: string): string => written(Exact.mul(left, right)),
  /** None where the divisor is zero. */
  divide: <Divisor extends string>(dividend: string, divisor: Divisor): Quotient<Divisor> =>
    (divisor === "0" ? null : written(Exact.div(dividend, divisor))) as Quotient<Divisor>,
  /** What remains of a division, with the sign of the dividend; none where the divisor is zero. */
  remainder: <Divisor extends string>(dividend: string, divisor: Divisor): Quotient<Divisor> =>
    (divisor === "0" ? null : written(Exact.mod(dividend, divisor))) as Quotient<Divisor>,
  negate: (value: string): string => written(new Exact(value).negated()),
  /** Half to even, to so many digits behind the point. */
  round: (value: string, digits: number): string => written(new Exact(value).toDecimalPlaces(digits)),
  isLessThan: (left: string, right: string): boolean => new Exact(left).lessThan(right),
  isAtMost: (left: string, right: string): boolean => new Exact(left).lessThanOrEqualTo(right),
  isMoreThan: (left: string, right: string): boolean => new Exact(left).greaterThan(right),
  isAtLeast: (left: string, right: string): boolean => new Exact(left).greaterThanOrEqualTo(right),
  /** Negative, zero or positive, as for sorting. */
  compare: (left: string, right: string): number => new Exact(left).comparedTo(right),
  sum: (values: readonly string[]): string => written(sum(values)),
  /** None where there are no values. */
  average: (values: readonly string[]): string | null => (values.length === 0 ? null : written(sum(values).dividedBy(values.length))),
  smallest: (values: readonly string[]): string | null => outermost(values, decimal.isLessThan),
  largest: (values: readonly string[]): string | null => outermost(values, decimal.isMoreThan),
};

const sum = (values: readonly string[]): Decimal => values.reduce((total, value) => total.plus(value), new Exact(0));

function written(value: Decimal): string {
  if (!value.isFinite()) throw new OutOfRange(`A decimal cannot have more than ${mostPlaces} digits before the point`);
  return value.toFixed();
}

const plain = /^-?\d+(\.\d+)?$/;

/** The normal form of digits in plain notation, however many; undefined for any other text, and for what is too large. */
export function canonicalDecimal(text: string): string | undefined {
  const value = plain.test(text) ? new Exact(text) : undefined;
  return value?.isFinite() === true ? value.toFixed() : undefined;
}

/** How many digits say the number: those at the ends that only say its size do not count. */
export const countDigits = (text: string): number => new Exact(text).precision();
