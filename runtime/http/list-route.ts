import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problem, type Problem } from "../protocol/problem.ts";
import type { Question } from "../read/read-model.ts";
import { answerProblem } from "./answer-problem.ts";
import { EventStream, wantsEventStream } from "./event-stream.ts";
import { readJson } from "./read-json.ts";
import { sendObservation } from "./send-observation.ts";
import type { Services } from "./services.ts";

interface Route {
  Params: { list: string };
  Querystring: Record<string, string | string[] | undefined>;
}

const parameters = ["where", "orderBy", "take", "skip", "after"];

/** `GET /api/lists/LIST`: reads, or observes where the client accepts an event stream. */
export function listRoute(server: FastifyInstance, services: Services): void {
  server.get<Route>("/api/lists/:list", async (request, reply) => {
    const admitted = await services.admission.admit(request.raw);
    if (admitted.kind === "refused") return answerProblem(reply, admitted.problem);
    const asked = questionOf(request.query);
    if ("type" in asked) return answerProblem(reply, asked);
    const { after, query } = asked;
    const question: Question = { list: request.params.list, query, user: admitted.user };
    if (wantsEventStream(request)) return observe(request, reply, services, question, after, admitted.until);

    const answer = await services.lists.read(question, after);
    if (answer.kind === "refused") return answerProblem(reply, answer.problem);

    return reply.header("content-type", "application/json; charset=utf-8").send(`{"rows":${answer.rows},"position":${answer.position}}`);
  });
}

async function observe(
  request: FastifyRequest,
  reply: FastifyReply,
  { lists, closing }: Services,
  question: Question,
  after: number,
  until: number,
) {
  const stream = new EventStream(request, closing, until);
  const refusal = await sendObservation(
    lists,
    question,
    after,
    {
      rows: (rows, position) => stream.send("rows", `{"rows":${rows},"position":${position}}`, position),
      changes: (changes, from, to) => stream.send("changes", `{"changes":${changes},"from":${from},"to":${to}}`, to),
      problem: (found) => stream.send("problem", JSON.stringify(found)),
    },
    stream,
  );

  if (!refusal) return stream.answer(reply);
  stream.discard();

  return answerProblem(reply, refusal);
}

function questionOf(parameter: Route["Querystring"]): { readonly query: unknown; readonly after: number } | Problem {
  const unknown = Object.keys(parameter).find((name) => !parameters.includes(name));
  if (unknown !== undefined)
    return problem("malformed", `There is no parameter "${unknown.slice(0, 100)}", only ${parameters.join(", ")}.`);
  const query: Record<string, unknown> = {};
  for (const name of ["where", "orderBy"]) {
    const value = jsonIn(parameter[name]);
    if (value === undefined) return problem("malformed", `The parameter ${name} has to be one JSON text.`);
    if (value !== null) query[name] = value;
  }
  for (const name of ["take", "skip"]) if (parameter[name] !== undefined) query[name] = numberIn(parameter[name]);
  const after = numberIn(parameter.after ?? "0");

  return typeof after === "number" && Number.isSafeInteger(after)
    ? { query, after }
    : problem("malformed", "The parameter after has to be a position of the log.");
}

/** Null where there is none; undefined where it cannot be read. */
function jsonIn(text: string | string[] | undefined): unknown {
  if (text === undefined) return null;
  try {
    return typeof text === "string" ? readJson(text) : undefined;
  } catch {
    return undefined;
  }
}

/** What is no whole number stays text, and is refused as such. */
function numberIn(text: string | string[]): number | string | string[] {
  return typeof text === "string" && /^\d+$/.test(text) ? Number(text) : text;
}
