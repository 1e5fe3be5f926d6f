import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import { timeOrderedId } from "../../protocol/time-ordered-id.ts";
import type { PostgresAddress } from "../../store/postgres/address.ts";
import type { Connections } from "../../store/postgres/connections.ts";

const channel = "wkgen_lists";
const pauseBeforeListeningAgain = 1_000;

/** Tells that another process has brought lists up to date, and whenever that may have been missed. Hints may be lost; whoever waits looks by itself now and then. */
export class Hints {
  readonly #connections: Connections;
  readonly #schema: string;
  /** One's own hints are no news. */
  readonly #sender = timeOrderedId();
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #listening: Promise<pg.Client | undefined> | undefined;
  #sending: Promise<void> | undefined;
  #isDue = false;

  constructor(connections: Connections, { schema }: PostgresAddress) {
    this.#connections = connections;
    this.#schema = schema;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#listening ??= this.#beginListening();

    return () => this.#listeners.delete(listener);
  }

  /** At once, and once for all that happens while it is on its way. */
  send(): void {
    this.#isDue = true;
    this.#sending ??= this.#sendAll();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#listeners.clear();
    await this.#sending;
    await (await this.#listening)?.end();
  }

  async #sendAll(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      await this.#connections.read({ ...notify, values: [channel, `${this.#schema} ${this.#sender}`] }).catch(() => undefined);
    }
    this.#sending = undefined;
  }

  async #beginListening(): Promise<pg.Client | undefined> {
    while (!this.#closing.signal.aborted) {
      try {
        const client = await this.#connections.listener();
        client.on("notification", ({ payload = "" }) => this.#hear(payload));
        await client.query(`LISTEN ${channel}`);
        client.on("end", () => this.#listenAgain());
        this.#tell();
        return client;
      } catch {
        await setTimeout(pauseBeforeListeningAgain, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  #hear(payload: string): void {
    const [schema, sender] = payload.split(" ");
    if (schema === this.#schema && sender !== this.#sender) this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #listenAgain(): void {
    if (!this.#closing.signal.aborted) this.#listening = this.#beginListening();
  }
}

const notify = {
  name: "lists_notify",
  text: "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)",
};
