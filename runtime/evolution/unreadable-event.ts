import type { Event } from "../protocol/event.ts";

/** A stored event that the model cannot read, met where it cannot be done without: one sentence for the operator, and what to do about it. */
export class UnreadableEvent extends Error {
  override readonly name = "UnreadableEvent";
  readonly cure: string;

  constructor(event: Omit<Event, "data">, reason: string, cure: string) {
    const { context, aggregate, name, metadata } = event;
    super(`The event ${context.name}.${aggregate.name}.${name} at position ${metadata.position} cannot be read: ${reason}.`);
    this.cure = cure;
  }
}

/** What to write in the model about an event of this name. */
export function cureOfUnknown(name: string): string {
  return `If it has another name now, write "event NAME was ${name}"; if nobody publishes it any more, "retired event ${name}" with its fields.`;
}
