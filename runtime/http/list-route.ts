import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Problem } from "../protocol/problem.ts";
import type { Question } from "../read/read-model.ts";
import { answerProblem } from "./answer-problem.ts";
import { EventStream, wantsEventStream } from "./event-stream.ts";
import { listQuestion, namedQuestion, type AskedList, type Parameters } from "./list-question.ts";
import { sendObservation } from "./send-observation.ts";
import type { Services } from "./services.ts";

interface Route {
  Params: { list: string; query?: string };
  Querystring: Parameters;
}

interface Watching {
  readonly after: number;
  /** When the user's token ends. */
  readonly until: number;
}

type Request = FastifyRequest<Route>;

/**
 * `GET /api/lists/LIST` asks a list, `GET /api/lists/LIST/QUERY` one of the questions that have a name: reads, counts, or observes where the
 * client accepts an event stream.
 */
export function listRoute(server: FastifyInstance, services: Services): void {
  server.get<Route>("/api/lists/:list", (request, reply) => answer(services, request, reply, listQuestion(request.query)));

  server.get<Route>("/api/lists/:list/:query", (request, reply) => {
    const { list, query = "" } = request.params;

    return answer(services, request, reply, namedQuestion(services.application, list, query, request.query));
  });
}

async function answer(services: Services, request: Request, reply: FastifyReply, asked: AskedList | Problem) {
  const admitted = await services.admission.admit(request.raw);
  if (admitted.kind === "refused") return answerProblem(reply, admitted.problem);
  if ("type" in asked) return answerProblem(reply, asked);
  const { after, isCount, ...rest } = asked;
  const question: Question = { ...rest, list: request.params.list, user: admitted.user };
  if (wantsEventStream(request) && !isCount) return observe(request, reply, services, question, { after, until: admitted.until });

  const answered = isCount ? await services.lists.count(question, after) : await services.lists.read(question, after);
  if (answered.kind === "refused") return answerProblem(reply, answered.problem);
  const { position } = answered;
  if (answered.kind === "counted") return reply.send({ count: answered.count, position });
  const cursor = answered.cursor === undefined ? "" : `,"cursor":"${answered.cursor}"`;

  return reply.header("content-type", "application/json; charset=utf-8").send(`{"rows":${answered.rows},"position":${position}${cursor}}`);
}

/** The id of each event is a token: a client that comes back with the last one goes on from there. */
async function observe(
  request: Request,
  reply: FastifyReply,
  { lists, closing }: Services,
  question: Question,
  { after, until }: Watching,
) {
  const stream = new EventStream(request, closing, until);
  const last = request.headers["last-event-id"];
  const refusal = await sendObservation(
    lists,
    question,
    { after, token: typeof last === "string" && last !== "" ? last : undefined },
    {
      rows: (rows, position, token, isReset) =>
        stream.send("rows", `{"rows":${rows},"position":${position}${isReset ? `,"reset":true` : ""}}`, token),
      changes: ({ changes, to }, from, token) => stream.send("changes", `{"changes":${changes},"from":${from},"to":${to}}`, token),
      problem: (found) => {
        stream.send("problem", JSON.stringify(found));
        stream.end();
      },
    },
    stream,
  );

  if (!refusal) return stream.answer(reply);
  stream.discard();

  return answerProblem(reply, refusal);
}
