import { suggestion } from "../read/suggestion.ts";

/** Whether an event is meant by `message.sent`, `communication.message.sent`, or only `sent`. `full` has all three parts. */
export const isCalled = (full: string, name: string): boolean => `.${full}`.endsWith(`.${name}`);

/** What to say where no event is called like that, among the full names of all that there are; undefined where one is, or nothing is known. */
export function unknownEvent(name: string, known: ReadonlySet<string>): string | undefined {
  if (known.size === 0 || [...known].some((full) => isCalled(full, name))) return undefined;
  const parts = name.split(".").length;
  const names = new Set([...known].map((full) => full.split(".").slice(-parts).join(".")));
  return `There is no event "${name}", neither in the log nor in the model. ${suggestion(name, [...names])}`;
}
