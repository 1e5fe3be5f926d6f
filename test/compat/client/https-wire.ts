import { EventEmitter } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { sentOf, type Authentication, type Json, type Place, type Query, type Stream, type Wire } from "./wire.ts";

/** What Node used: a request for everything, and lines of JSON as the answer to those that go on. */
export class HttpsWire extends EventEmitter implements Wire {
  readonly #place: Place;
  readonly #authentication: Authentication;
  readonly #open = new Set<ClientRequest>();

  constructor({ host, port, ca }: Place, authentication: Authentication) {
    super();
    this.#place = { host, port, ca };
    this.#authentication = authentication;
  }

  async sendCommand(command: Json): Promise<void> {
    const { status, body } = await new Promise<{ readonly status: number; readonly body: string }>((resolve, reject) => {
      this.#post("/v1/command", command, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text));
        response.on("end", () => resolve({ status: response.statusCode!, body }));
      }).on("error", reject);
    });
    if (status === 401) throw new Error(this.#loginRequired());
    if (status !== 200) throw new Error(body);
  }

  subscribeToEvents(filter: Json): Stream {
    return this.#lines("/v1/events", filter);
  }

  readList(list: string, query: Query): Stream {
    const { where, orderBy, ...counts } = sentOf(query);
    const parameters = new URLSearchParams({
      ...Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, String(value)])),
      ...(where && { where: JSON.stringify(where) }),
      ...(orderBy && { orderBy: JSON.stringify(orderBy) }),
      _: String(Date.now()),
    });

    return this.#lines(`/v1/read/lists/${list}?${parameters.toString()}`);
  }

  close(): void {
    for (const open of this.#open) open.destroy();
  }

  #lines(path: string, body?: Json): Stream {
    const stream = new EventEmitter();
    let asked: ClientRequest | undefined;
    process.nextTick(() => {
      asked = this.#post(path, body, (response) => {
        if (response.statusCode === 401) return void this.#loginRequired();
        if (response.statusCode !== 200) return void stream.emit("error", new Error(`Unexpected status code ${response.statusCode}.`));
        stream.emit("start");
        const lines = createInterface({ input: response });
        lines.on("error", () => undefined);
        lines.on("line", (line) => {
          const item = JSON.parse(line) as { readonly name?: string };
          if (item.name !== "heartbeat") stream.emit("data", item);
        });
        lines.on("close", () => stream.emit("end"));
      });
      asked.on("error", () => undefined);
    });

    return Object.assign(stream, { cancel: () => asked?.destroy() });
  }

  #post(path: string, body: Json | undefined, answered: (response: IncomingMessage) => void): ClientRequest {
    const token = this.#authentication.getToken();
    const headers = {
      ...(body && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const asked = request({ ...this.#place, path, method: "POST", headers, agent: false }, answered);
    this.#open.add(asked);
    asked.on("close", () => this.#open.delete(asked)).end(body && JSON.stringify(body));

    return asked;
  }

  #loginRequired(): string {
    this.emit("authentication-required");

    return "Authentication required.";
  }
}
