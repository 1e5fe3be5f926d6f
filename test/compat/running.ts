import { readFileSync } from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import { chat } from "../../examples/chat/server/server.ts";
import { shop } from "../../examples/shop/server/server.ts";
import type { Application } from "../../runtime/application.ts";
import type { Serving } from "../../runtime/serve.ts";
import { moduleOf, Running } from "../runtime/http/running-chat.ts";
import { OldClient, type Connecting } from "./client/old-client.ts";
import type { Place } from "./client/wire.ts";

/** An example as it runs for development, open to the old clients. */
export class RunningForOld extends Running {
  protected readonly application: Application;
  protected readonly module: string;

  constructor(application: Application, name: string) {
    super();
    this.application = application;
    this.module = moduleOf(`examples/${name}`);
  }

  override start(serving: Partial<Serving> = {}): Promise<void> {
    return super.start({ compat: "wolkenkit-1", dev: true, ...serving });
  }

  get place(): Place {
    const { hostname, port } = new URL(this.url);

    return { host: hostname, port: Number(port), ca: readFileSync(join(this.folder, "certificate.pem"), "utf8") };
  }

  connect(protocol: Connecting["protocol"], token?: string): Promise<OldClient> {
    const authentication = { getToken: () => token, login: () => undefined };

    return OldClient.connect({ ...this.place, protocol, authentication });
  }

  /** A token for somebody, from the login of development. */
  async tokenOf(name: string, ...roles: readonly string[]): Promise<string> {
    const body = JSON.stringify({ name, roles });
    const answer = await this.ask("/dev/login", { method: "POST", headers: { "content-type": "application/json" }, body });

    return (answer.json() as { readonly token: string }).token;
  }

  /** A WebSocket without any client around it. */
  frames(headers: Readonly<Record<string, string>> = {}, path = "/"): Promise<Frames> {
    const { host, port, ca } = this.place;
    const socket = new WebSocket(`wss://${host}:${port}${path}`, { ca, headers });

    return new Promise((resolve, reject) => socket.on("open", () => resolve(new Frames(socket))).on("error", reject));
  }
}

export const runningChat = () => new RunningForOld(chat, "chat");
export const runningShop = () => new RunningForOld(shop, "shop");

/** What comes over a WebSocket, frame by frame. */
export class Frames {
  readonly socket: WebSocket;
  readonly #received: unknown[] = [];
  readonly #waiting: ((frame: unknown) => void)[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      const frame: unknown = JSON.parse(String(data));
      const waiting = this.#waiting.shift();
      if (waiting) waiting(frame);
      else this.#received.push(frame);
    });
  }

  say(frame: string | Buffer | object): void {
    this.socket.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify({ version: "v1", ...frame }));
  }

  next(): Promise<unknown> {
    return this.#received.length > 0 ? Promise.resolve(this.#received.shift()) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** What has come and was not asked for. */
  get left(): readonly unknown[] {
    return this.#received;
  }
}
