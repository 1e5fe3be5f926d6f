import { PassThrough } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { at } from "./at.ts";
import type { Outlet } from "./outlet.ts";

/** How an answer is kept up, and what ends it. */
export interface Lasting {
  /** The server's own end. */
  readonly closing: AbortSignal;
  /** When the token of whoever reads it ends, in milliseconds since 1970. */
  readonly until: number;
  /** What shows again and again that the connection lives, and after how many milliseconds. */
  readonly heartbeat: { readonly text: string; readonly every: number };
}

/** An answer that goes on as long as somebody reads it, over HTTP/1.1 and HTTP/2 alike. */
export class EndlessAnswer implements Outlet {
  readonly #stream = new PassThrough();
  readonly #ended = new AbortController();

  constructor(request: FastifyRequest, { closing, until, heartbeat }: Lasting) {
    const timer = setInterval(() => this.write(heartbeat.text), heartbeat.every).unref();
    const end = () => this.end();
    const stopClock = at(until, () => {
      this.expired();
      this.end();
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

  write(text: string): void {
    if (this.#stream.writable) this.#stream.write(text);
  }

  /** Begins to answer, with the headers that are on the reply. */
  answer(reply: FastifyReply): FastifyReply {
    return reply.header("cache-control", "no-store").send(this.#stream);
  }

  /** Nothing comes after what was sent. */
  end(): void {
    this.#stream.end();
  }

  discard(): void {
    this.#stream.destroy();
  }

  /** Says that the token has ended, where there is a way to say so. */
  protected expired(): void {}
}
