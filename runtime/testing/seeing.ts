import type { Event } from "../protocol/event.ts";
import type { AnyList } from "../read/table.ts";
import type { Act } from "./act.ts";
import { nameOf } from "./full-name.ts";
import type { Seen } from "./verdict.ts";

/** Remembers what a story shows of the model. */
export class Seeing {
  readonly #commands = new Set<string>();
  readonly #events = new Set<string>();
  readonly #refusals = new Map<string, Seen["refusals"][number]>();
  readonly #permissions = new Map<string, Seen["permissions"][number]>();
  readonly #projections = new Map<string, Seen["projections"][number]>();
  readonly #reactions = new Map<string, Seen["reactions"][number]>();

  witness({ commands, refusals, permissions, reactions }: Act, events: readonly Event[]): void {
    for (const command of commands) this.#commands.add(command);
    for (const event of events) this.#events.add(nameOf(event));
    for (const refusal of refusals) this.#refusals.set(JSON.stringify(refusal), refusal);
    for (const permission of permissions) this.#permissions.set(JSON.stringify(permission), permission);
    for (const reaction of reactions) this.#reactions.set(JSON.stringify(reaction), reaction);
  }

  /** Somebody looks at a list after these events. */
  look({ name: list, when }: AnyList, events: readonly Event[]): void {
    for (const event of events.map(nameOf)) if (Object.hasOwn(when, event)) this.#projections.set(`${list} ${event}`, { list, event });
  }

  get seen(): Seen {
    return {
      commands: [...this.#commands],
      events: [...this.#events],
      refusals: [...this.#refusals.values()],
      permissions: [...this.#permissions.values()],
      projections: [...this.#projections.values()],
      reactions: [...this.#reactions.values()],
    };
  }
}
