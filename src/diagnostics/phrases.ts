import type { Suggestion } from "./suggest.ts";

// What several sentences say in the same words.

/** `Did you mean "liked"?`, or else what there is. */
export function didYouMean({ nearest, choices }: Suggestion, otherwise?: string): string | undefined {
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  if (choices.length === 0) return otherwise;
  return `Possible here: ${choices.join(", ")}.`;
}

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"` */
export function all(names: readonly string[]): string {
  return joined(names.map(quoted), "and");
}

/** `"a" or "b"` */
export function either(names: readonly string[]): string {
  return joined(names.map(quoted), "or");
}

function joined(parts: readonly string[], word: string): string {
  const [last = "", ...before] = [...parts].reverse();
  return before.length === 0 ? last : `${before.reverse().join(", ")} ${word} ${last}`;
}

export const quoted = (name: string): string => `"${name}"`;

/** `an event`, `a list` */
export const a = (noun: string): string => `${/^[aeiou]/i.test(noun) && !/^(uni|url|user)/i.test(noun) ? "an" : "a"} ${noun}`;

/** `placeOrder` → `place order` */
export const spelledOut = (name: string): string =>
  name.replace(/(\p{Ll})(\p{Lu})/gu, (_, low: string, high: string) => `${low} ${high.toLowerCase()}`);

/** `1 line`, `3 lines` */
export const counted = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`;

/** What follows a sentence whose mistake is on several lines. */
export const alsoOn = (lines: number): string => `The same on ${counted(lines, "other line")}.`;
