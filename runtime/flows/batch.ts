import type { SomeFlowDefinition } from "./flow.ts";
import type { KeptInstance, NewCommand, Progress, Step, Timer } from "./flow-store.ts";
import { causeOf, instanceOf, reactionTo, type Input } from "./input.ts";
import { Reacting } from "./react.ts";

/** Inputs that are taken together, each on what the ones before it left: in the end they are one step of the flow. */
export class Batch {
  readonly #flow: SomeFlowDefinition;
  readonly #instances: Map<string, KeptInstance>;
  readonly #changed = new Map<string, KeptInstance>();
  readonly #timers = new Map<string, Timer | Pick<Timer, "instance" | "name">>();
  readonly #commands: NewCommand[] = [];
  readonly #answered: number[] = [];

  /** `instances`: what is kept of those that the inputs are for. */
  constructor(flow: SomeFlowDefinition, instances: ReadonlyMap<string, KeptInstance>) {
    this.#flow = flow;
    this.#instances = new Map(instances);
  }

  get isEmpty(): boolean {
    return this.#changed.size + this.#timers.size + this.#commands.length + this.#answered.length === 0;
  }

  /** Throws what the reaction throws; the batch is then as it was before. */
  take(input: Input): void {
    const reacting = this.#react(input);
    if (input.kind === "rejection") this.#answered.push(input.command.number);
    if (input.kind === "timer" && !this.#timers.has(keyOf(input.timer))) this.#remove(input.timer);
    if (reacting !== undefined) this.#keep(reacting);
  }

  stepFrom(flow: string, from: Progress, position: number): Step {
    const timers = [...this.#timers.values()];
    return {
      flow,
      from,
      position,
      instances: this.#changed,
      scheduled: timers.filter(isTimer),
      cancelled: timers.filter((timer) => !isTimer(timer)),
      commands: this.#commands,
      answered: this.#answered,
    };
  }

  /** Undefined where there is nothing to react to: the instance has ended, or an earlier input of the batch took the timer away. */
  #react(input: Input): Reacting | undefined {
    const react = reactionTo(this.#flow, input);
    if (react === undefined || (input.kind === "timer" && this.#timers.has(keyOf(input.timer)))) return undefined;
    const id = instanceOf(this.#flow, input);
    const kept = this.#instances.get(id);
    if (kept === "ended") return undefined;

    const state: unknown = { ...this.#flow.initialState, ...(kept && JSON.parse(kept.state)) };
    const reacting = new Reacting(this.#flow.name, id, state, causeOf(input));
    const marked = react(reacting);
    if (marked.kind === "rejected") throw new Error(marked.reason);

    return reacting;
  }

  #keep(reacting: Reacting): void {
    this.#commands.push(...reacting.commands);
    for (const [name, timer] of reacting.timers) this.#setTimer(timer === "cancelled" ? { instance: reacting.id, name } : timer);
    if (this.#flow.identity !== undefined) this.#keepInstance(reacting);
  }

  #keepInstance({ id, state, hasEnded }: Reacting): void {
    const kept = hasEnded ? "ended" : { state: JSON.stringify(state) };
    const before = this.#instances.get(id);
    if (before !== undefined && before !== "ended" && kept !== "ended" && before.state === kept.state) return;
    this.#instances.set(id, kept);
    this.#changed.set(id, kept);
    if (hasEnded) for (const timer of this.#timers.values()) if (timer.instance === id) this.#remove(timer);
  }

  #setTimer(timer: Timer | Pick<Timer, "instance" | "name">): void {
    this.#timers.set(keyOf(timer), timer);
  }

  #remove({ instance, name }: Pick<Timer, "instance" | "name">): void {
    this.#setTimer({ instance, name });
  }
}

function isTimer(timer: Timer | Pick<Timer, "instance" | "name">): timer is Timer {
  return "due" in timer;
}

function keyOf({ instance, name }: Pick<Timer, "instance" | "name">): string {
  return `${name} ${instance}`;
}
