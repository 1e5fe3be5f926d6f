import type pg from "pg";
import type { PostgresAddress } from "./address.ts";
import { Connections } from "./connections.ts";

/**
 * Rights that one process at a time has, for as long as a connection of its own lasts: where the process dies, the server takes them back at once. They say who is
 * to do something; that nothing is done twice, a transaction has to see to by itself.
 */
export class Locks {
  readonly #connections: Connections;
  readonly #held = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #client: Promise<pg.Client> | undefined;
  #closing: Promise<void> | undefined;

  /** The connection is made when a right is asked for. */
  constructor(address: PostgresAddress) {
    this.#connections = new Connections(address, 0);
  }

  /** Whether this process has the right from now on, or had it already. False also where the server cannot be reached. */
  async take(name: string): Promise<boolean> {
    if (this.#held.has(name)) return true;
    try {
      const client = await this.#connected();
      const { rows } = await client.query({ text: "SELECT pg_try_advisory_lock(hashtextextended($1, 0))", values: [name], rowMode: "array" });
      const isTaken = (rows as readonly string[][])[0]?.[0] === "t" && this.#client !== undefined && this.#closing === undefined;
      if (isTaken) this.#held.add(name);
      return isTaken;
    } catch {
      return false;
    }
  }

  holds(name: string): boolean {
    return this.#held.has(name);
  }

  /** Tells that all rights are lost, because the connection is. Returns how to stop it. */
  onLost(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Gives all of them back. */
  close(): Promise<void> {
    return (this.#closing ??= this.#end());
  }

  async #end(): Promise<void> {
    this.#listeners.clear();
    this.#held.clear();
    await (await this.#client?.catch(() => undefined))?.end();
    await this.#connections.close();
  }

  #connected(): Promise<pg.Client> {
    if (this.#client !== undefined) return this.#client;
    const connecting = this.#connections.listener();
    const lost = () => {
      if (this.#client === connecting) this.#lose();
    };
    this.#client = connecting;
    return connecting.then(
      async (client) => {
        client.on("end", lost).on("error", lost);
        // Of a machine that is gone without a word the server would otherwise hear after hours.
        await client.query(
          "SELECT set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false), set_config('tcp_keepalives_count', '3', false)",
        );
        return client;
      },
      (error: unknown) => {
        lost();
        throw error;
      },
    );
  }

  #lose(): void {
    this.#client = undefined;
    this.#held.clear();
    for (const listener of [...this.#listeners]) listener();
  }
}
