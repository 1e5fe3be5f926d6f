/** Compares values, lists and maps by what they hold. What has no parts is the same where `===` says so. */
export const content = {
  isSame,
  includes: <Item>(list: readonly Item[], item: NoInfer<Item> | null): boolean => list.some((element) => isSame(element, item)),
  /** The list without the elements that are the same as the item. */
  without: <Item>(list: readonly Item[], item: NoInfer<Item>): readonly Item[] => list.filter((element) => !isSame(element, item)),
  /** Of elements that are the same, the first. */
  unique: <Item>(list: readonly Item[]): readonly Item[] =>
    list.some(hasParts) ? list.filter((element, index) => list.findIndex((other) => isSame(other, element)) === index) : [...new Set(list)],
};

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!hasParts(left) || !hasParts(right) || Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]));
}

const hasParts = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;
