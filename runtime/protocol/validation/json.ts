import { fault, place, type Check, type Fault } from "./check.ts";
import { isSound } from "./text.ts";

const deepest = 100;

/** Anything that JSON can carry, checked to its leaves and handed on as it is. */
export const checkJson: Check = (value, faults) => {
  walk(value, faults, deepest);
  return value;
};

function walk(value: unknown, faults: Fault[], depth: number): void {
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "string") return void isSound(value, faults);
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (typeof value !== "object") return fault(faults, "must be something that JSON can carry");
  if (depth === 0) return fault(faults, `must not be nested deeper than ${deepest} levels`);

  if (Array.isArray(value)) value.forEach((item, index) => below(`[${index}]`, item, faults, depth));
  else if (isPlain(value)) for (const key of Object.keys(value)) member(key, value, faults, depth);
  else fault(faults, "must be something that JSON can carry");
}

function member(key: string, object: Readonly<Record<string, unknown>>, faults: Fault[], depth: number): void {
  const before = faults.length;
  if (!isKey(key, faults)) return place(faults, before, key);
  below(key, object[key], faults, depth);
}

function below(segment: string, value: unknown, faults: Fault[], depth: number): void {
  const before = faults.length;
  walk(value, faults, depth - 1);
  if (faults.length > before) place(faults, before, segment);
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
