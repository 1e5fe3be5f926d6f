/** One field that is wrong, and the rule it breaks, in words that follow the field's name: "text is missing". */
export interface Fault {
  readonly field: string;
  readonly rule: string;
}

/**
 * Returns the value in its one normal form, or adds to the faults what is wrong with it. A fault's field is relative to the value
 * (empty for the value itself), so that paths cost nothing as long as nothing is wrong.
 */
export type Check = (value: unknown, faults: Fault[]) => unknown;

/** Adds a fault of the value itself. The returned value is never used. */
export function fault(faults: Fault[], rule: string): undefined {
  faults.push({ field: "", rule });
}

/** A name as a stranger chose it, which may be of any length. */
export function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}

/** Moves the faults that were found since `from` below a field or an index. */
export function place(faults: Fault[], from: number, segment: string): void {
  for (let index = from; index < faults.length; index++) {
    const { field, rule } = faults[index]!;
    const joint = field === "" || field.startsWith("[") ? "" : ".";
    faults[index] = { field: `${shortened(segment)}${joint}${field}`, rule };
  }
}

/** "of at least 0", "of at most 9", "from 0 to 9", or nothing. */
export function rangeInWords(atLeast: number | string | undefined, atMost: number | string | undefined): string {
  if (atLeast !== undefined && atMost !== undefined) return ` from ${atLeast} to ${atMost}`;
  if (atLeast !== undefined) return ` of at least ${atLeast}`;
  return atMost === undefined ? "" : ` of at most ${atMost}`;
}

/** "1 to 280 characters", "at least 1 character", "at most 40 characters". */
export function amountInWords(atLeast: number | undefined, atMost: number | undefined, unit: string): string {
  const units = (amount: number) => (amount === 1 ? unit : `${unit}s`);
  if (atLeast !== undefined && atLeast === atMost) return `${atLeast} ${units(atLeast)}`;
  if (atLeast !== undefined && atMost !== undefined) return `${atLeast} to ${atMost} ${units(atMost)}`;
  return atLeast === undefined ? `at most ${atMost} ${units(atMost!)}` : `at least ${atLeast} ${units(atLeast)}`;
}
