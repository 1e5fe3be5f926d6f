import type { FastifyReply, FastifyRequest } from "fastify";
import { EndlessAnswer } from "./endless-answer.ts";
import { invalidToken } from "./identity/identity.ts";

const heartbeat = { text: ":\n\n", every: 15_000 };

export function wantsEventStream({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes("text/event-stream") ?? false;
}

/** Server-sent events. */
export class EventStream extends EndlessAnswer {
  /** Ends when the token of whoever reads it does, at `until` in milliseconds since 1970. */
  constructor(request: FastifyRequest, closing: AbortSignal, until: number) {
    super(request, { closing, until, heartbeat });
  }

  /** `data` is text without line breaks, such as JSON. */
  send(event: string, data: string, id?: number | string): void {
    this.write(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
  }

  override answer(reply: FastifyReply): FastifyReply {
    return super.answer(reply.header("content-type", "text/event-stream; charset=utf-8"));
  }

  protected override expired(): void {
    this.send("problem", JSON.stringify(invalidToken.problem));
  }
}
