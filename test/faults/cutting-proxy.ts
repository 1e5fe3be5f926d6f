import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/**
 * Stands between two that talk over TCP, and now and then cuts the line when an answer comes by: what was asked for is done by then, and nobody hears of it;
 * or only a part of it, where the line is cut in the middle of answers.
 */
export class CuttingProxy {
  /** How many answers it has swallowed. */
  cuts = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #often: number;
  readonly #isInTheMiddle: boolean;

  private constructor(port: number, often: number, isInTheMiddle: boolean) {
    this.#often = often;
    this.#isInTheMiddle = isInTheMiddle;
    this.#server = createServer((near) => this.#join(near, connect(port, "127.0.0.1")));
  }

  /** `often` is how many answers go through for each that does not, on average; the first ones of a connection always do. */
  static async before(port: number, often: number, { isInTheMiddle = false } = {}): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(port, often, isInTheMiddle);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(near: Socket, far: Socket): void {
    let answers = 0;
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on("error", cut).on("close", () => {
        cut();
        this.#sockets.delete(socket);
      });
    }
    near.on("data", (chunk) => far.write(chunk));
    far.on("data", (chunk) => {
      answers++;
      if (answers <= 10 || Math.random() > 1 / this.#often) return void near.write(chunk);
      this.cuts++;
      if (!this.#isInTheMiddle) return cut();
      far.destroy();
      near.write(chunk.subarray(0, Math.floor(Math.random() * chunk.length)), cut);
    });
  }
}
