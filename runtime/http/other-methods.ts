import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problem } from "../protocol/problem.ts";
import { answerProblem } from "./answer-problem.ts";

/** By which browsers ask what another origin allows; that has its own answer. */
const preflight = "OPTIONS";

/**
 * Whoever asks by another method than an address has is told which it has: 405, and `Allow`. Begins before the routes are added; what it returns is to be
 * called when they are there.
 */
export function refuseOtherMethods(server: FastifyInstance): () => void {
  const methodsAt = new Map<string, string[]>();
  server.addHook("onRoute", ({ url, method }) => {
    if (!url.includes("*")) methodsAt.set(url, [...(methodsAt.get(url) ?? []), ...[method].flat()]);
  });

  return () => {
    for (const [url, methods] of [...methodsAt]) {
      const others = server.supportedMethods.filter((method) => method !== preflight && !methods.includes(method));
      const refuse = refusal(methods.toSorted().join(", "));
      // At once, so that no body is read first.
      server.route({ url, method: others, onRequest: refuse, handler: refuse });
    }
  };
}

function refusal(allowed: string) {
  return async ({ method, url }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = url.split("?", 1)[0]!.slice(0, 200);

    return answerProblem(reply.header("allow", allowed), problem("wrong-method", `There is no ${method} at ${path}, only ${allowed}.`));
  };
}
