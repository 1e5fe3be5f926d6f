import type { ListStatus } from "./read-model.ts";

/** Why a list went no further, for its operator and for whoever asks it; undefined where it did not stop. */
export function stoppedSentence({ list, position, stopped }: ListStatus): string | undefined {
  if (!stopped) return undefined;
  const before = stopped.event === undefined ? "" : `, before ${stopped.event} at ${stopped.position}`;

  return `The list ${list} stopped at position ${position}${before}: ${stopped.reason}`;
}
