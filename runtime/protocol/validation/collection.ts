import { amountInWords, fault, place, type Check } from "./check.ts";
import { isKey, isPlain } from "./json.ts";

interface Size {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export function checkList(item: Check, { atLeast, atMost }: Size): Check {
  const fits = fitting(atLeast, atMost);

  return (value, faults) => {
    if (!Array.isArray(value)) return fault(faults, "must be a list");
    if (!fits(value.length)) return fault(faults, `must have ${amountInWords(atLeast, atMost, "item")}`);
    return Array.from(value, (element: unknown, index) => {
      const before = faults.length;
      const checked = item(element, faults);
      if (faults.length > before) place(faults, before, `[${index}]`);
      return checked;
    });
  };
}

export function checkMap(item: Check, { atLeast, atMost }: Size): Check {
  const fits = fitting(atLeast, atMost);

  return (value, faults) => {
    if (!isPlain(value)) return fault(faults, "must be a map");
    const keys = Object.keys(value);
    if (!fits(keys.length)) return fault(faults, `must have ${amountInWords(atLeast, atMost, "item")}`);

    const checked: Record<string, unknown> = {};
    for (const key of keys) {
      const before = faults.length;
      if (isKey(key, faults)) checked[key] = item(value[key], faults);
      if (faults.length > before) place(faults, before, key);
    }
    return checked;
  };
}

function fitting(atLeast = 0, atMost = Infinity): (count: number) => boolean {
  return (count) => count >= atLeast && count <= atMost;
}
