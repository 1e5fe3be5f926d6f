import type { Fault } from "../protocol/validation/check.ts";
import { sentence } from "./sentence.ts";
import { inWords } from "./vocabulary.ts";

/** What a command published does not fit the fields of its event. */
export class Unpublishable extends Error {
  override readonly name = "Unpublishable";
  readonly faults: readonly Fault[];

  constructor(event: string, faults: readonly Fault[]) {
    super(`The event "${inWords(event)}" would not be valid: ${sentence(faults.slice(0, 5))}.`);
    this.faults = faults;
  }
}
