import { ConnectionFailed, failureOf, QueueFull, TimedOut } from "./failure.ts";
import { patience, type Patience } from "./patience.ts";
import type { Wire } from "./wire.ts";

/** What the queue has to know of the connection. */
type Line = Pick<Wire, "state" | "refusal" | "on">;

interface Turn {
  readonly aggregate: string;
  begin(): void;
  fail(error: Error): void;
}

/** Of those that waited, so many are under way at a time. */
const mostAtOnce = 16;

/**
 * Commands leave at once and side by side while there is a connection. Those that come while there is none wait, and leave in their order, each when the
 * one before for the same aggregate has its answer; what comes meanwhile queues up behind them.
 */
export class CommandQueue {
  readonly #wire: Line;
  readonly #most: number;
  readonly #waiting = new Set<Turn>();
  /** How many are, for each aggregate. */
  readonly #underWay = new Map<string, number>();

  constructor(wire: Line, most: number) {
    this.#wire = wire;
    this.#most = most;
    wire.on("connected", () => this.#next());
    wire.on("refused", () => this.#fail(failureOf(wire.refusal!)));
    wire.on("closed", () => this.#fail(new ConnectionFailed("The connection was closed before the command was sent.")));
  }

  /** Throws where no command is taken just now. */
  admit(): void {
    const { state, refusal } = this.#wire;
    if (state === "closed") throw new ConnectionFailed("The connection was closed.");
    if (state === "refused") throw failureOf(refusal!);
    if (this.#waiting.size >= this.#most)
      throw new QueueFull(`${this.#most.toLocaleString("en")} commands wait for the connection already; this one was not taken.`);
  }

  /** Works when it is the turn of this one, which is for an aggregate. The time left is what the waiting has not used up. */
  async inTurn<Answer>(aggregate: string, wait: Patience, work: (timeout: number) => Promise<Answer>): Promise<Answer> {
    const began = Date.now();
    if (this.#mustWait()) await this.#turn(aggregate, wait);
    else this.#begin(aggregate);
    try {
      return await work(Math.max(0, wait.timeout - (Date.now() - began)));
    } finally {
      this.#end(aggregate);
      this.#next();
    }
  }

  #mustWait(): boolean {
    return this.#waiting.size > 0 || this.#wire.state === "connecting" || this.#wire.state === "disconnected";
  }

  #turn(aggregate: string, wait: Patience): Promise<void> {
    return new Promise((resolve, reject) => {
      wait.signal?.throwIfAborted();

      const overdue = () =>
        new TimedOut(`The command was not sent within ${wait.timeout} ms: there was no connection, or others came first.`);
      const stop = patience(wait, overdue, (reason) => leave(() => reject(reason)));
      const leave = (then: () => void) => {
        this.#waiting.delete(turn);
        stop();
        then();
      };
      const turn: Turn = { aggregate, begin: () => leave(resolve), fail: (error) => leave(() => reject(error)) };
      this.#waiting.add(turn);
    });
  }

  #next(): void {
    if (this.#wire.state !== "connected") return;
    let free = mostAtOnce - [...this.#underWay.values()].reduce((sum, count) => sum + count, 0);
    for (const turn of [...this.#waiting]) {
      if (free <= 0) return;
      if (this.#underWay.has(turn.aggregate)) continue;
      this.#begin(turn.aggregate);
      turn.begin();
      free -= 1;
    }
  }

  #begin(aggregate: string): void {
    this.#underWay.set(aggregate, (this.#underWay.get(aggregate) ?? 0) + 1);
  }

  #end(aggregate: string): void {
    const left = this.#underWay.get(aggregate)! - 1;
    if (left > 0) this.#underWay.set(aggregate, left);
    else this.#underWay.delete(aggregate);
  }

  #fail(error: Error): void {
    for (const turn of [...this.#waiting]) turn.fail(error);
  }
}
