import type { Problem } from "../protocol/problem.ts";
import type { Answer } from "../write/answer.ts";
import type { FlowStore, OutgoingCommand } from "./flow-store.ts";
import { nameOfCommand } from "./input.ts";
import { pause } from "./pause.ts";

export interface OutboxWorld {
  readonly store: FlowStore;
  carryOut(command: OutgoingCommand): Promise<Answer>;
  /** Hands a rejection to the flow; false where it does not react to it. */
  rejected(command: OutgoingCommand, problem: Problem): boolean;
  parked(command: OutgoingCommand, reason: string): void;
  /** A command was carried out, turned down or parked. */
  moved(): void;
  /** The store failed; it is tried again. */
  failed(error: unknown): void;
  /** How long to wait after so many attempts, in milliseconds; undefined: no more. */
  patience(attempts: number): number | undefined;
}

const mostInHand = 1_000;
/** Other processes may put back what is parked: so often it is looked for without a hint. */
const patience = 1_000;

/** No attempt changes these: something is wrong with the application, and a person has to see it. */
const broken = new Set<Problem["type"]>(["unknown-command", "command-id-reused", "malformed"]);
const passing = new Set<Problem["type"]>(["unavailable", "internal", "too-many-requests"]);

/** Carries out what flows run: the commands of one instance one after the other, those of different ones at the same time. */
export class Outbox {
  readonly #world: OutboxWorld;
  /** The last command of each instance that is not carried out yet. */
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #following: Promise<void>;
  #settled: number[] = [];
  #settling: Promise<void> | undefined;
  #inHand = 0;
  #after = 0;
  /** There is more in the store than was looked at, and somebody is looking. */
  #isBehind = true;
  #isLooking = false;
  #asleep: AbortController | undefined;

  constructor(world: OutboxWorld) {
    this.#world = world;
    this.#following = this.#follow();
  }

  get isEmpty(): boolean {
    return !this.#isBehind && !this.#isLooking && this.#inHand === 0 && this.#settled.length === 0;
  }

  /** There are new commands. */
  wake(): void {
    this.#isBehind = true;
    this.#asleep?.abort();
  }

  /** What has begun is carried to its end; what has not waits in the store. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#asleep?.abort();
    await this.#following;
    await Promise.all(this.#lanes.values());
    await this.#settling;
  }

  async #follow(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        await this.#fill();
      } catch (error) {
        this.#world.failed(error);
        await this.#sleep();
      }
    }
  }

  async #fill(): Promise<void> {
    const room = mostInHand - this.#inHand;
    if (room < mostInHand / 2) return this.#sleep();
    this.#isBehind = false;
    this.#isLooking = true;
    const commands = await this.#world.store.outgoing(this.#after, room);
    this.#isLooking = false;
    for (const command of commands) this.#enqueue(command);
    if (commands.length === room) this.#isBehind = true;
    if (commands.length === 0 && !this.#isBehind) {
      this.#world.moved();
      await this.#sleep();
    }
  }

  #enqueue(command: OutgoingCommand): void {
    const lane = `${command.flow} ${command.instance}`;
    const before = this.#lanes.get(lane);
    this.#after = command.number;
    this.#inHand++;
    const own = (before === undefined ? this.#carryOut(command) : before.then(() => this.#carryOut(command))).then(() => {
      this.#inHand--;
      if (this.#lanes.get(lane) === own) this.#lanes.delete(lane);
      if (this.#inHand < mostInHand / 2 && this.#isBehind) this.#asleep?.abort();
      this.#world.moved();
    });
    this.#lanes.set(lane, own);
  }

  async #carryOut(command: OutgoingCommand): Promise<void> {
    for (let attempts = 1; !this.#closing.signal.aborted; attempts++) {
      const answer = await this.#world.carryOut(command);
      if (answer.kind === "handled") return this.#settle(command);
      if (!passing.has(answer.problem.type)) return this.#refused(command, answer.problem);
      const wait = this.#world.patience(attempts) ?? untilStored(answer.problem);
      if (wait === undefined) return this.#park(command, answer.problem);
      await pause(wait, this.#closing.signal);
    }
  }

  async #refused(command: OutgoingCommand, problem: Problem): Promise<void> {
    if (broken.has(problem.type)) return this.#park(command, problem);
    if (this.#world.rejected(command, problem)) return;
    // That a command turns out not to be valid is no answer of the business that may be ignored, but a mistake of the flow.
    if (problem.type === "not-valid") return this.#park(command, problem);
    this.#settle(command);
  }

  async #park(command: OutgoingCommand, { detail }: Problem): Promise<void> {
    try {
      await this.#world.store.park(command.number, detail);
      this.#world.parked(command, `${nameOfCommand(command)}: ${detail}`);
    } catch (error) {
      this.#world.failed(error);
    }
  }

  /** Forgetting is for those together that were carried out while others were being forgotten. */
  #settle({ number }: OutgoingCommand): void {
    this.#settled.push(number);
    this.#settling ??= this.#forget().finally(() => {
      this.#settling = undefined;
    });
  }

  async #forget(): Promise<void> {
    while (this.#settled.length > 0) {
      const settled = this.#settled.slice();
      try {
        await this.#world.store.settle(settled);
      } catch (error) {
        // What is not forgotten is sent again at the next start, and takes no effect a second time.
        this.#world.failed(error);
      }
      this.#settled = this.#settled.slice(settled.length);
    }
    this.#world.moved();
  }

  async #sleep(): Promise<void> {
    const sleep = new AbortController();
    this.#asleep = sleep;
    await pause(patience, sleep.signal);
    this.#asleep = undefined;
  }
}

/** That the store takes nothing is no fault of the command: it waits, in milliseconds, until it does, here or in another process. */
const untilStored = ({ retryAfter }: Problem): number | undefined => (retryAfter === undefined ? undefined : 1_000 * retryAfter);
