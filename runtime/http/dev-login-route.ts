import type { FastifyInstance, FastifyRequest } from "fastify";
import { problem } from "../protocol/problem.ts";
import { isId } from "../protocol/validation/text.ts";
import { answerProblem } from "./answer-problem.ts";
import { isThisMachine } from "./caller.ts";
import type { Services } from "./services.ts";

const refusal = problem("not-allowed", "Only pages of this machine itself may choose who they are.");

/** `POST /dev/login` gives `{ name, roles }` a token; `GET` tells a program which roles there are, and shows a person the page. */
export function devLoginRoute(server: FastifyInstance, { application, login, origins }: Services): void {
  if (!login) return;
  const roles = application.roles ?? [];

  server.get("/dev/login", (request, reply) => {
    if (!isNear(request)) return answerProblem(reply, refusal);
    if (request.headers.accept?.includes("text/html"))
      return reply.redirect(`/studio/login.html${new URL(request.url, "http://x").search}`);

    return reply.send({ roles });
  });

  server.post("/dev/login", async (request, reply) => {
    if (!isNear(request) || !origins.allow(request.raw)) return answerProblem(reply, refusal);
    const { name, roles: wanted = [] } = (request.body ?? {}) as { readonly name?: unknown; readonly roles?: unknown };
    if (!isId(name)) return answerProblem(reply, problem("not-valid", "A name has to be a text of 1 to 200 characters."));
    if (!Array.isArray(wanted) || !wanted.every((role) => roles.includes(role as string)))
      return answerProblem(reply, problem("not-valid", `The roles have to be some of: ${roles.join(", ")}.`));
    const { tokenFor } = await login();

    return reply.send({ token: await tokenFor(name, wanted as string[]) });
  });
}

/** From this machine and for it: not through a proxy or a tunnel, and not by a name that somebody else made point here. */
function isNear({ headers, host, socket }: FastifyRequest): boolean {
  const isForwarded = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
  const name = host.replace(/:\d+$/, "");

  return (
    !isForwarded &&
    isThisMachine((socket.remoteAddress ?? "").replace(/^::ffff:/, "")) &&
    ["localhost", "127.0.0.1", "[::1]"].includes(name)
  );
}
