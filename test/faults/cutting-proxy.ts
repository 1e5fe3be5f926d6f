import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Stands between two that talk over TCP, and now and then cuts the line when an answer comes by: what was asked for is done by then, and nobody hears of it. */
export class CuttingProxy {
  /** How many answers it has swallowed. */
  cuts = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #often: number;

  private constructor(port: number, often: number) {
    this.#often = often;
    this.#server = createServer((near) => this.#join(near, connect(port, "127.0.0.1")));
  }

  /** `often` is how many answers go through for each that does not, on average; the first ones of a connection always do. */
  static async before(port: number, often: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(port, often);
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
      cut();
    });
  }
}
