import type { ChildProcess } from "node:child_process";
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Where it listens, or why it cannot. */
export type Listening = { readonly kind: "listens"; readonly port: number } | { readonly kind: "refused"; readonly code: string };

/** Keeps the address of an application whose processes come and go: nobody is refused, who connects in between waits. */
export class Doorkeeper {
  readonly #servers: Server[] = [];
  readonly #waiting: Socket[] = [];
  #listening: Promise<Listening> | undefined;
  #inside: ChildProcess | "nobody" | "somebody soon" = "nobody";

  /** The application knows where; the first time that it says so counts for all its processes. */
  async listen(host: string, port: number): Promise<Listening> {
    this.#listening ??= this.#listen(host, port);
    const listening = await this.#listening;
    if (listening.kind === "refused") this.#listening = undefined;
    return listening;
  }

  /** Whoever connects from now on waits for the next process. */
  hold(): void {
    this.#inside = "somebody soon";
  }

  /** Whoever waits, and whoever comes, is taken in by this process. */
  letInto(child: ChildProcess): void {
    this.#inside = child;
    for (const visitor of this.#waiting.splice(0)) this.#show(visitor);
  }

  /** There is nothing to wait for. */
  turnAway(): void {
    this.#inside = "nobody";
    for (const visitor of this.#waiting.splice(0)) this.#show(visitor);
  }

  close(): void {
    this.turnAway();
    for (const server of this.#servers) server.close();
  }

  async #listen(host: string, port: number): Promise<Listening> {
    try {
      const [first = host, ...others] = host === "localhost" ? await addressesOf(host) : [host];
      const bound = await this.#bind(first, port);
      await Promise.allSettled(others.map((other) => this.#bind(other, bound)));
      return { kind: "listens", port: bound };
    } catch (error) {
      return { kind: "refused", code: (error as NodeJS.ErrnoException).code ?? "" };
    }
  }

  async #bind(address: string, port: number): Promise<number> {
    const server = createServer({ pauseOnConnect: true }, (visitor) => this.#show(visitor));
    server.listen(port, address);
    await once(server, "listening");
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  #show(visitor: Socket): void {
    if (this.#inside === "nobody") visitor.destroy();
    else if (this.#inside === "somebody soon") this.#waiting.push(visitor);
    else this.#inside.send({ kind: "visitor" }, visitor, (error) => error && visitor.destroy());
  }
}

const addressesOf = async (host: string): Promise<readonly string[]> => (await lookup(host, { all: true })).map(({ address }) => address);
