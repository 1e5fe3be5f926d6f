import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { chat } from "../../../examples/chat/server/server.ts";
import { errands } from "../../emitters/golden/errands/server/server.ts";
import type { Application } from "../../../runtime/application.ts";
import type { ClientMessage, ServerMessage } from "../../../runtime/protocol/socket.ts";
import { serve, type Served, type Serving } from "../../../runtime/serve.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: () => unknown;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const client = fileURLToPath(new URL("../../../examples/chat/client", import.meta.url));
export const moduleOf = (path: string) => new URL(`../../../${path}/server/server.ts`, import.meta.url).href;

/** An application in this process, with everything real: files, threads, TLS, sockets. */
export abstract class Running {
  protected abstract readonly application: Application;
  protected abstract readonly module: string;
  readonly folder = mkdtempSync(join(tmpdir(), "wkgen-http-"));
  #served: Served | undefined;

  async start(serving: Partial<Serving> = {}): Promise<void> {
    const { application, module } = this;
    const store = { kind: "sqlite", file: join(this.folder, "chat.db") } as const;
    const kept = { store, data: this.folder, lists: join(this.folder, "chat.lists.db") };
    this.#served = await serve(application, { port: 0, host: "localhost", http: false, dev: false, ...kept, client, module, ...serving });
  }

  get url(): string {
    return this.#served!.url;
  }

  async close(): Promise<void> {
    await this.#served?.close();
    this.#served = undefined;
  }

  async end(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true });
  }

  /** By HTTP/1.1. */
  ask(path: string, { method = "GET", headers = {}, body }: Asking = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(this.url + path, { method, headers, rejectUnauthorized: false, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text, json: () => JSON.parse(text) }));
      });
      asked.on("error", reject).end(body);
    });
  }

  /** By HTTP/2. */
  ask2(path: string, { method = "GET", headers = {}, body }: Asking = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const session = connectHttp2(this.url, { rejectUnauthorized: false }).on("error", reject);
      const stream = session.request({ ":path": path, ":method": method, ...headers });
      let status = 0;
      let received: Answer["headers"] = {};
      let text = "";
      stream.on("response", (head) => ((status = head[":status"]!), (received = head as Answer["headers"])));
      stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      stream.on("error", reject).on("end", () => {
        session.close();
        resolve({ status, headers: received, text, json: () => JSON.parse(text) });
      });
      stream.end(body);
    });
  }

  command(path: string, data: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask(`/api/commands/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(data),
    });
  }

  send(id: string, name: string, data: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.command(`communication/message/${id}/${name}`, data, headers);
  }

  socket(headers: Readonly<Record<string, string>> = {}): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${this.url.replace("http", "ws")}/api/socket`, { rejectUnauthorized: false, headers });
      socket.on("error", reject).on("open", () => resolve(new Socket(socket)));
    });
  }
}

export class RunningChat extends Running {
  protected readonly application = chat;
  protected readonly module = moduleOf("examples/chat");
}

/** An application in which everything depends on who somebody is. */
export class RunningErrands extends Running {
  protected readonly application = errands;
  protected readonly module = moduleOf("test/emitters/golden/errands");
}

/** A client's end of a WebSocket, without any of our SDK. */
export class Socket {
  readonly raw: WebSocket;
  readonly #received: ServerMessage[] = [];
  readonly #waiting: ((message: ServerMessage) => void)[] = [];

  constructor(raw: WebSocket) {
    this.raw = raw;
    raw.on("message", (data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      const waiting = this.#waiting.shift();
      if (waiting) waiting(message);
      else this.#received.push(message);
    });
  }

  say(message: ClientMessage): void {
    this.raw.send(JSON.stringify(message));
  }

  /** The next message that comes, in order. */
  next(): Promise<ServerMessage> {
    const received = this.#received.shift();

    return received ? Promise.resolve(received) : new Promise((resolve) => this.#waiting.push(resolve));
  }
}
