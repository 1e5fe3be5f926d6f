import { Decimal } from "decimal.js";

/** What is divided by something that is known never to be zero always has an answer. */
type Quotient<Divisor extends number> = number extends Divisor ? number | null : number;

/** Calculates with integers and numbers what JavaScript has no operator for. */
export const numbers = {
  /** None where the divisor is zero. */
  divide: <Divisor extends number>(dividend: number, divisor: Divisor): Quotient<Divisor> =>
    (divisor === 0 ? null : dividend / divisor) as Quotient<Divisor>,
  /** What remains of a division, with the sign of the dividend; none where the divisor is zero. */
  remainder: <Divisor extends number>(dividend: number, divisor: Divisor): Quotient<Divisor> =>
    (divisor === 0 ? null : dividend % divisor) as Quotient<Divisor>,
  /** Half to even, to so many digits behind the point, by the digits that the number is written with. */
  round: (value: number, digits: number): number =>
    Number.isFinite(value) ? new Decimal(value).toDecimalPlaces(digits, Decimal.ROUND_HALF_EVEN).toNumber() : value,
  sum: (values: readonly number[]): number => values.reduce((total, value) => total + value, 0),
  /** None where there are no values. */
  average: (values: readonly number[]): number | null => (values.length === 0 ? null : numbers.sum(values) / values.length),
  smallest: (values: readonly number[]): number | null =>
    values.reduce<number | null>((least, value) => Math.min(least ?? value, value), null),
  largest: (values: readonly number[]): number | null =>
    values.reduce<number | null>((most, value) => Math.max(most ?? value, value), null),
};
