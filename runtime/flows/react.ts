import { flowId } from "../write/flow-id.ts";
import { dueAt } from "./due-at.ts";
import type { ForReactions } from "./flow.ts";
import type { NewCommand, Timer } from "./flow-store.ts";
import type { Cause } from "./input.ts";

/** One instance while it reacts to one input: what it does is collected, and nothing of it happens before all of it is stored. */
export class Reacting implements ForReactions<unknown, Record<string, unknown>, string> {
  readonly id: string;
  readonly commands: NewCommand[] = [];
  /** The timers that it set, and those that it cancelled, by name; the last word on each. */
  readonly timers = new Map<string, Timer | "cancelled">();
  hasEnded = false;
  readonly #flow: string;
  readonly #cause: Cause;
  #state: unknown;
  #ids = 0;

  constructor(flow: string, id: string, state: unknown, cause: Cause) {
    this.#flow = flow;
    this.id = id;
    this.#state = state;
    this.#cause = cause;
  }

  get state(): unknown {
    return this.#state;
  }

  setState(changes: Partial<unknown>): void {
    this.#state = Object.assign({}, this.#state, changes);
  }

  run(fullName: string, { on, data }: { readonly on: string; readonly data: unknown }): void {
    const [context = "", aggregate = "", name = ""] = fullName.split(".");
    const { userId, correlationId, causationId } = this.#cause;
    const command = { instance: this.id, id: this.newId(), context, aggregate, aggregateId: on, name, data: JSON.stringify(data) };
    this.commands.push({ ...command, userId, correlationId, causationId });
  }

  newId(): string {
    return flowId(this.#cause.idTime, this.#flow, this.id, this.#cause.id, this.#ids++);
  }

  schedule(name: string, due: { readonly in: string } | { readonly at: string }): void {
    const { time, userId, correlationId, causationId } = this.#cause;
    const timer = { instance: this.id, name, id: this.newId(), due: dueAt(time, due), userId, correlationId, causationId };
    this.timers.set(name, timer);
  }

  cancel(name: string): void {
    this.timers.set(name, "cancelled");
  }

  end(): void {
    this.hasEnded = true;
  }
}
