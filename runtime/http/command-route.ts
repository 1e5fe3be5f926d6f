import type { FastifyInstance } from "fastify";
import { problem } from "../protocol/problem.ts";
import { answerProblem } from "./answer-problem.ts";
import type { Services } from "./services.ts";

interface Route {
  Params: { context: string; aggregate: string; id: string; command: string };
}

const longestKey = 200;

/** `POST /api/commands/CONTEXT/AGGREGATE/ID/COMMAND`: the body is the command's data, `Idempotency-Key` its id. */
export function commandRoute(server: FastifyInstance, { write, admission, origins, newId }: Services): void {
  server.post<Route>("/api/commands/:context/:aggregate/:id/:command", async (request, reply) => {
    const { headers, params } = request;
    const id = headers["idempotency-key"] ?? newId();
    if (typeof id !== "string" || id === "" || id.length > longestKey) {
      return answerProblem(reply, problem("malformed", `The header Idempotency-Key has to be one text of 1 to ${longestKey} characters.`));
    }
    if (!origins.allow(request.raw)) return answerProblem(reply, problem("not-allowed", "Pages of other origins may not send commands."));
    const admitted = await admission.admit(request.raw);
    if (admitted.kind === "refused") return answerProblem(reply, admitted.problem);

    const { context, aggregate, command: name } = params;
    const asked = { id, context, aggregate, aggregateId: params.id, name, data: request.body ?? {} };
    const answer = await write.handle(asked, admitted.user);
    if (answer.kind === "refused") return answerProblem(reply, answer.problem);

    return reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify(answer.handled));
  });
}
