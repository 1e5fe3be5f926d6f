import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

const opening = [
  "GET /api/socket HTTP/1.1",
  "Host: 127.0.0.1",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
];
const longestWait = 20_000;
const atOnce = 20;

/**
 * Many who observe, each over a WebSocket of its own. They look at no more than where a message ends, so that what is measured is what the server does
 * and not what they do.
 */
export class Observers {
  /** When each message came since `begin`. */
  readonly arrivals: number[] = [];
  readonly #sockets: Socket[] = [];
  readonly #port: number;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  get count(): number {
    return this.#sockets.length;
  }

  /** More of them, until there are so many; each has its first answer. `queryOf` says what the one of this number asks. */
  async grow(count: number, queryOf: (number: number) => object): Promise<void> {
    while (this.#sockets.length < count) {
      const [from, to] = [this.#sockets.length, Math.min(count, this.#sockets.length + atOnce)];
      const numbers = Array.from({ length: to - from }, (_, index) => from + index);
      this.#sockets.push(...(await Promise.all(numbers.map((number) => this.#observe(queryOf(number))))));
    }
  }

  begin(): void {
    this.arrivals.length = 0;
  }

  /** Waits until so many messages have come. */
  async until(messages: number): Promise<void> {
    for (const end = performance.now() + longestWait; performance.now() < end;) {
      if (this.arrivals.length >= messages) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error(`${this.arrivals.length} of ${messages} observers were told of a change within ${longestWait} ms.`);
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #observe(query: object): Promise<Socket> {
    const socket = connect(this.#port, "127.0.0.1", () => socket.write(`${opening.join("\r\n")}\r\n\r\n`));
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(error);
      socket.on("error", fail);
      socket.once("data", (answer) => {
        if (!String(answer).startsWith("HTTP/1.1 101 ")) return fail(new Error(String(answer)));
        const messages = new Messages({
          came: () => {
            messages.hearer.came = () => this.arrivals.push(performance.now());
            resolve(socket);
          },
          pinged: () => socket.write(pong),
        });
        socket.on("data", (chunk) => messages.take(chunk));
        socket.write(frame(JSON.stringify({ type: "observe", id: "o", list: "messages", query })));
      });
    });
  }
}

/** Who does not answer is hung up on. */
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

interface Hearer {
  came(): void;
  pinged(): void;
}

/** Finds the whole messages in a stream of frames. */
class Messages {
  readonly hearer: Hearer;
  #rest: Buffer = Buffer.alloc(0);

  constructor(hearer: Hearer) {
    this.hearer = hearer;
  }

  take(chunk: Buffer): void {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let length = lengthOf(rest); length !== undefined && length <= rest.length; length = lengthOf(rest)) {
      if ((rest[0]! & 0x0f) === 0x9) this.hearer.pinged();
      else this.hearer.came();
      rest = rest.subarray(length);
    }
    this.#rest = rest;
  }
}

/** Of the first frame, its head included; undefined while that is not there as a whole. */
function lengthOf(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 0x7f;
  if (short < 126) return 2 + short;
  if (short === 126) return bytes.length < 4 ? undefined : 4 + bytes.readUInt16BE(2);

  return bytes.length < 10 ? undefined : 10 + Number(bytes.readBigUInt64BE(2));
}

/** As clients send it: masked, here with zeros. */
function frame(text: string): Buffer {
  const data = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | 126, data.length >> 8, data.length & 0xff, 0, 0, 0, 0]), data]);
}
