import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import type { Connections } from "./connections.ts";

const breath = 25;
const pauseBeforeListeningAgain = 1_000;

/**
 * Tells that the log has grown: what this process appends at once, what others append by way of the server's notifications. Those are hints, sent at most
 * every few milliseconds and outside of the transactions that append, for whoever notifies in a transaction holds up all others that do.
 */
export class Growth {
  readonly #connections: Connections;
  readonly #channel: string;
  readonly #listeners = new Set<(position: number) => void>();
  #told = 0;
  #notified = 0;
  #notifying: Promise<void> | undefined;
  #listening: Promise<pg.Client | undefined> | undefined;
  readonly #closing = new AbortController();

  constructor(connections: Connections, schema: string) {
    this.#connections = connections;
    this.#channel = `wkgen_${schema}`;
  }

  listen(listener: (position: number) => void): () => void {
    this.#listeners.add(listener);
    this.#listening ??= this.#beginListening();
    return () => this.#listeners.delete(listener);
  }

  committed(position: number): void {
    this.#tell(position);
    this.#notifying ??= this.#notify();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#listeners.clear();
    await this.#notifying;
    await (await this.#listening)?.end();
  }

  #tell(position: number): void {
    if (position <= this.#told) return;
    this.#told = position;
    for (const listener of this.#listeners) listener(position);
  }

  async #notify(): Promise<void> {
    while (this.#notified < this.#told) {
      this.#notified = this.#told;
      // A hint that is lost is no harm, as readers look by themselves now and then.
      await this.#connections.read({ ...notification, values: [this.#channel, String(this.#told)] }).catch(() => undefined);
      if (!this.#closing.signal.aborted) await setTimeout(breath);
    }
    this.#notifying = undefined;
  }

  async #beginListening(): Promise<pg.Client | undefined> {
    while (!this.#closing.signal.aborted) {
      try {
        const client = await this.#connections.listener();
        client.on("notification", ({ payload }) => this.#tell(Number(payload)));
        client.on("end", () => this.#listenAgain());
        await client.query(`LISTEN ${this.#channel}`);
        return client;
      } catch {
        await setTimeout(pauseBeforeListeningAgain, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  #listenAgain(): void {
    if (!this.#closing.signal.aborted) this.#listening = this.#beginListening();
  }
}

const notification = {
  name: "notify",
  text: "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)",
};
