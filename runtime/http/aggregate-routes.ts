import type { FastifyInstance } from "fastify";
import { problem } from "../protocol/problem.ts";
import { answerProblem } from "./answer-problem.ts";
import type { Services } from "./services.ts";
import { pictureOf, readMoment, visibleHistory, type Address } from "./time-machine.ts";

interface Route {
  Params: Address;
  Querystring: { readonly at?: string | string[]; readonly after?: string | string[] };
}

const mostEvents = 1_000;

/** `GET /api/aggregates/CONTEXT/AGGREGATE/ID?at=REVISION|TIME`: what it was; `…/history?after=REVISION`: how it became so. */
export function aggregateRoutes(server: FastifyInstance, services: Services): void {
  server.get<Route>("/api/aggregates/:context/:aggregate/:id", async (request, reply) => {
    const admitted = await services.admission.admit(request.raw);
    if (admitted.kind === "refused") return answerProblem(reply, admitted.problem);
    const moment = readMoment(request.query.at);
    if (moment === undefined)
      return answerProblem(
        reply,
        problem("malformed", "The parameter at has to be a revision, such as 3, or a time, such as 2026-01-31T09:30:00Z."),
      );
    const picture = await pictureOf(services, request.params, moment, admitted.user);
    if ("type" in picture) return answerProblem(reply, picture);

    return reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify(picture));
  });

  server.get<Route>("/api/aggregates/:context/:aggregate/:id/history", async (request, reply) => {
    const admitted = await services.admission.admit(request.raw);
    if (admitted.kind === "refused") return answerProblem(reply, admitted.problem);
    const { after = "0" } = request.query;
    if (typeof after !== "string" || !/^\d{1,15}$/.test(after))
      return answerProblem(reply, problem("malformed", "The parameter after has to be a revision."));
    const events = await visibleHistory(services, request.params, Number(after), mostEvents, admitted.user);
    if ("type" in events) return answerProblem(reply, events);

    return reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify({ events }));
  });
}
