import { PassThrough } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { at } from "./at.ts";
import { invalidToken } from "./identity/identity.ts";
import type { Outlet } from "./outlet.ts";

const heartbeat = 15_000;

export function wantsEventStream({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes("text/event-stream") ?? false;
}

/** Server-sent events, over HTTP/1.1 and HTTP/2 alike. */
export class EventStream implements Outlet {
  readonly #stream = new PassThrough();
  readonly #ended = new AbortController();

  /** Ends when the token of whoever reads it does, at `until` in milliseconds since 1970. */
  constructor(request: FastifyRequest, closing: AbortSignal, until: number) {
    const timer = setInterval(() => this.#stream.writable && this.#stream.write(":\n\n"), heartbeat).unref();
    const end = () => this.#stream.end();
    const stopClock = at(until, () => {
      this.send("problem", JSON.stringify(invalidToken.problem));
      end();
    });
    closing.addEventListener("abort", end);
    request.raw.on("close", () => this.discard());
    this.#stream.on("close", () => {
      clearInterval(timer);
      stopClock();
      closing.removeEventListener("abort", end);
      this.#ended.abort();
    });
  }

  get waiting(): number {
    return this.#stream.readableLength + this.#stream.writableLength;
  }

  get gone(): AbortSignal {
    return this.#ended.signal;
  }

  /** `data` is text without line breaks, such as JSON. */
  send(event: string, data: string, id?: number | string): void {
    if (this.#stream.writable) this.#stream.write(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
  }

  answer(reply: FastifyReply): FastifyReply {
    return reply.header("content-type", "text/event-stream; charset=utf-8").header("cache-control", "no-store").send(this.#stream);
  }

  /** Nothing comes after what was sent. */
  end(): void {
    this.#stream.end();
  }

  discard(): void {
    this.#stream.destroy();
  }
}
