import { fault, place, type Check, type Fault } from "./check.ts";
import { isSound } from "./text.ts";

const deepest = 100;
const rule = "must be something that JSON can carry";

/** Anything that JSON can carry, checked and copied to its leaves. */
export const checkJson: Check = (value, faults) => copy(value, faults, deepest);

function copy(value: unknown, faults: Fault[], depth: number): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return isSound(value, faults) ? value : undefined;
  // -0 does not come back from JSON.
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : fault(faults, rule);
  if (depth === 0) return fault(faults, `must not be nested deeper than ${deepest} levels`);

  if (Array.isArray(value)) return Array.from(value, (item: unknown, index) => copyBelow(`[${index}]`, item, faults, depth));
  if (!isPlain(value)) return fault(faults, rule);
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const before = faults.length;
    if (isKey(key, faults)) copied[key] = copyBelow(key, value[key], faults, depth);
    else place(faults, before, key);
  }
  return copied;
}

function copyBelow(segment: string, value: unknown, faults: Fault[], depth: number): unknown {
  const before = faults.length;
  const copied = copy(value, faults, depth - 1);
  if (faults.length > before) place(faults, before, segment);
  return copied;
}

/** `__proto__` as a key is how objects get poisoned; nobody means it. */
export function isKey(key: string, faults: Fault[]): boolean {
  if (key === "__proto__") fault(faults, "is not allowed as a key");
  return key !== "__proto__" && isSound(key, faults);
}

/** An object as JSON makes them, not an array, a date or an instance of a class. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
