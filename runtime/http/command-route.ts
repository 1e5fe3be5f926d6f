import type { FastifyInstance } from "fastify";
import { problem, type Problem } from "../protocol/problem.ts";
import type { CommandRequest } from "../protocol/socket.ts";
import type { User } from "../protocol/user.ts";
import { answerProblem } from "./answer-problem.ts";
import type { Services } from "./services.ts";

interface Route {
  Params: { context: string; aggregate: string; id: string; command: string };
}

const longestKey = 200;

/**
 * `POST /api/commands/CONTEXT/AGGREGATE/ID/COMMAND`: the body is the command's data, `Idempotency-Key` its id. With `Prefer: respond-async`
 * it is answered by 202 as soon as nothing can keep it from being carried out; the same again without it is answered by what became of it.
 */
export function commandRoute(server: FastifyInstance, { write, inbox, admission, origins, newId, report }: Services): void {
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
    if (prefersNotToWait(headers.prefer)) {
      const wrong = write.check(asked, admitted.user) ?? (await accepted(inbox, asked, admitted.user, report));
      if (wrong) return answerProblem(reply, wrong);

      return reply.code(202).header("preference-applied", "respond-async").send({ id });
    }
    const answer = await write.handle(asked, admitted.user);
    if (answer.kind === "refused") return answerProblem(reply, answer.problem);

    return reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify(answer.handled));
  });
}

function prefersNotToWait(prefer: string | string[] | undefined): boolean {
  return prefer !== undefined && /(^|,)\s*respond-async\s*(;|,|$)/i.test(String(prefer));
}

async function accepted(
  inbox: Services["inbox"],
  asked: CommandRequest,
  user: User,
  report: Services["report"],
): Promise<Problem | undefined> {
  try {
    await (await inbox()).accept(asked, user);

    return undefined;
  } catch (fault) {
    report(fault);

    return problem("unavailable", "The command could not be accepted. Send it again later, under the same id.");
  }
}
