import type { FastifyInstance } from "fastify";
import { problem } from "../protocol/problem.ts";
import { answerProblem } from "./answer-problem.ts";
import { readFilter } from "./event-filter.ts";
import { EventStream } from "./event-stream.ts";
import { sendEvents } from "./send-events.ts";
import type { Services } from "./services.ts";

/** `GET /api/events`: a stream of the events that the user may see; goes on where a lost one ended. */
export function eventsRoute(server: FastifyInstance, services: Services): void {
  server.get<{ Querystring: Record<string, unknown> }>("/api/events", async (request, reply) => {
    const admitted = await services.admission.admit(request.raw);
    if (admitted.kind === "refused") return answerProblem(reply, admitted.problem);
    const { after = request.headers["last-event-id"], ...others } = request.query;
    const filter = after === undefined ? others : { ...others, after: after === "" ? Number.NaN : Number(after) };
    const wanted = readFilter(filter, services.application.aggregates);
    if ("type" in wanted) return answerProblem(reply, wanted);

    const stream = new EventStream(request, services.closing, admitted.until);
    const sink = {
      started: (position: number) => stream.send("started", `{"position":${position}}`, position),
      event: (event: string, position: number) => stream.send("event", event, position),
      problem: (found: object) => stream.send("problem", JSON.stringify(found)),
    };
    void sendEvents(services, wanted, admitted.user, sink, stream)
      .catch((fault: unknown) => {
        services.report(fault);
        sink.problem(problem("unavailable", "The events cannot be read just now."));
      })
      .finally(() => stream.end());

    return stream.answer(reply);
  });
}
