import { fault, rangeInWords, type Check } from "./check.ts";

interface Range {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Whole numbers that a double holds exactly; beyond them 1 + 1 stops being true. */
export function checkInteger({ atLeast = -Infinity, atMost = Infinity }: Range): Check {
  const rule = `must be a whole number${rangeInWords(known(atLeast), known(atMost))}`;

  return (value, faults) => {
    if (!Number.isInteger(value) || outside(value as number, atLeast, atMost)) return fault(faults, rule);
    if (!Number.isSafeInteger(value)) return fault(faults, "must be a whole number from -9007199254740991 to 9007199254740991");
    return withoutNegativeZero(value as number);
  };
}

export function checkNumber({ atLeast = -Infinity, atMost = Infinity }: Range): Check {
  const rule = `must be a number${rangeInWords(known(atLeast), known(atMost))}`;

  return (value, faults) => {
    if (!Number.isFinite(value) || outside(value as number, atLeast, atMost)) return fault(faults, rule);
    return withoutNegativeZero(value as number);
  };
}

function outside(value: number, least: number, most: number): boolean {
  return value < least || value > most;
}

/** JSON has no -0 that comes back, so nothing that is stored may differ by it. */
function withoutNegativeZero(value: number): number {
  return value + 0;
}

function known(bound: number): number | undefined {
  return Number.isFinite(bound) ? bound : undefined;
}
