import { ConnectionFailed, failureOf, QueueFull, TimedOut } from "./failure.ts";
import { patience, type Patience } from "./patience.ts";
import type { Wire } from "./wire.ts";

interface Turn {
  begin(): void;
  fail(error: Error): void;
}

/**
 * Commands leave at once and side by side while there is a connection. Those that come while there is none wait, and leave in their order, each when the
 * one before has its answer; what comes meanwhile queues up behind them.
 */
export class CommandQueue {
  readonly #wire: Wire;
  readonly #most: number;
  readonly #waiting = new Set<Turn>();
  #underWay = 0;

  constructor(wire: Wire, most: number) {
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

  /** Works when it is this one's turn. The time left is what the waiting has not used up. */
  async inTurn<Answer>(wait: Patience, work: (timeout: number) => Promise<Answer>): Promise<Answer> {
    const began = Date.now();
    if (this.#mustWait()) await this.#turn(wait);
    else this.#underWay += 1;
    try {
      return await work(Math.max(0, wait.timeout - (Date.now() - began)));
    } finally {
      this.#underWay -= 1;
      this.#next();
    }
  }

  #mustWait(): boolean {
    return this.#waiting.size > 0 || this.#wire.state === "connecting" || this.#wire.state === "disconnected";
  }

  #turn(wait: Patience): Promise<void> {
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
      const turn: Turn = { begin: () => leave(resolve), fail: (error) => leave(() => reject(error)) };
      this.#waiting.add(turn);
    });
  }

  #next(): void {
    const [first] = this.#waiting;
    if (!first || this.#underWay > 0 || this.#wire.state !== "connected") return;

    this.#underWay += 1;
    first.begin();
  }

  #fail(error: Error): void {
    for (const turn of [...this.#waiting]) turn.fail(error);
  }
}
