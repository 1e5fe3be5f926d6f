import type { FastifyReply, FastifyRequest } from "fastify";
import { EndlessAnswer } from "../http/endless-answer.ts";

export const heartbeat = `{"name":"heartbeat"}\n`;

/** An answer of lines of JSON that has no end by itself, and begins with a sign of life. */
export class JsonLines extends EndlessAnswer {
  constructor(request: FastifyRequest, closing: AbortSignal, until: number) {
    super(request, { closing, until, heartbeat: { text: heartbeat, every: 90_000 } });
    this.write(heartbeat);
  }

  override answer(reply: FastifyReply): FastifyReply {
    return super.answer(reply.header("content-type", "application/json"));
  }
}
