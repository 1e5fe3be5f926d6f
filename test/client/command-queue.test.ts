import fc from "fast-check";
import { expect, test } from "vitest";
import { CommandQueue } from "../../runtime/client/command-queue.ts";
import type { Wire } from "../../runtime/client/wire.ts";

const most = 16;

/** A connection that comes and goes as a test says. */
class Line implements Pick<Wire, "state" | "refusal" | "on"> {
  state: Wire["state"] = "disconnected";
  readonly refusal = undefined;
  readonly #listeners = new Set<() => void>();

  on(event: Parameters<Wire["on"]>[0], listener: () => void): () => void {
    if (event === "connected") this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect(): void {
    this.state = "connected";
    for (const listener of this.#listeners) listener();
  }
}

interface Sent {
  readonly aggregate: string;
  readonly number: number;
  readonly hadToWait: boolean;
}

/** What a client sent, and which of it has begun and has its answer. */
class Client {
  readonly line = new Line();
  readonly begun: Sent[] = [];
  readonly underWay: { readonly sent: Sent; readonly answer: () => void }[] = [];
  readonly #queue = new CommandQueue(this.line, 1_000);
  readonly #waiting = new Set<Sent>();
  #count = 0;

  send(aggregate: string): void {
    const sent = { aggregate, number: this.#count++, hadToWait: this.line.state !== "connected" || this.#waiting.size > 0 };
    this.#waiting.add(sent);
    void this.#queue.inTurn(aggregate, { timeout: 60_000 }, () => {
      if (sent.hadToWait) this.#expectTurn(sent);
      this.#waiting.delete(sent);
      this.begun.push(sent);
      return new Promise<void>((answer) => this.underWay.push({ sent, answer }));
    });
  }

  answer(which: number): void {
    const [answered] = this.underWay.splice(which % Math.max(1, this.underWay.length), 1);
    answered?.answer();
  }

  /** Everything before it for its aggregate is done, and there are not too many. */
  #expectTurn({ aggregate, number }: Sent): void {
    expect(this.underWay.filter(({ sent }) => sent.aggregate === aggregate)).toEqual([]);
    expect([...this.#waiting].filter((other) => other.aggregate === aggregate && other.number < number)).toEqual([]);
    expect(this.underWay.length).toBeLessThan(most);
    expect(this.line.state).toBe("connected");
  }

  get count(): number {
    return this.#count;
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("send" as const), aggregate: fc.nat({ max: 24 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("answer" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("connect" as const, "disconnect" as const) }) },
);

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("whatever comes and goes, commands that waited leave in their order for each aggregate, and not too many at a time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
      const client = new Client();
      for (const step of steps) {
        if (step.kind === "send") client.send(`a${step.aggregate}`);
        else if (step.kind === "answer") client.answer(step.which);
        else if (step.kind === "connect") client.line.connect();
        else client.line.state = "disconnected";
        await settled();
      }
      client.line.connect();
      await settled();
      for (let left = client.count; left > 0 && client.begun.length + client.underWay.length > 0; left--) {
        client.answer(0);
        await settled();
      }

      expect(client.begun.length).toBe(client.count);
      for (const aggregate of new Set(client.begun.map((sent) => sent.aggregate))) {
        const numbers = client.begun.filter((sent) => sent.aggregate === aggregate).map(({ number }) => number);
        expect(numbers).toEqual(numbers.toSorted((left, right) => left - right));
      }
    }),
    { numRuns: 200 },
  );
});
