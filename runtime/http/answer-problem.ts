import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problem, type Problem } from "../protocol/problem.ts";
import { faultProblem } from "./fault-problem.ts";
import { JsonRefused } from "./read-json.ts";

export function answerProblem(reply: FastifyReply, found: Problem): FastifyReply {
  if (found.status === 401) reply.header("www-authenticate", 'Bearer error="invalid_token"');
  if (found.retryAfter !== undefined) reply.header("retry-after", found.retryAfter);

  return reply.code(found.status).header("content-type", "application/problem+json; charset=utf-8").send(JSON.stringify(found));
}

/** Everything that goes wrong is answered as a problem, and nothing tells how the server is made. */
export function answerAllProblems(server: FastifyInstance, report: (fault: unknown) => void): void {
  server.setNotFoundHandler((request, reply) => answerProblem(reply, nothingThere(request)));
  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    const found = problemOf(error);
    if (found.type === "too-large") await readToTheEnd(request.raw);
    // Fastify sets it where it has not read the whole body; HTTP/2 has no such header, and Node warns of it.
    if (request.raw.httpVersionMajor > 1) reply.removeHeader("connection");
    if (found.status >= 500) report(error);

    return answerProblem(reply, found);
  });
}

/** Whoever is still sending when the connection is closed never hears why. So the rest is read and thrown away, but not for long. */
async function readToTheEnd(body: Readable): Promise<void> {
  const enough = AbortSignal.timeout(longestRest);
  await finished(body.resume(), { writable: false, signal: enough }).catch(() => undefined);
}

const longestRest = 5_000;

/** What Fastify says when a request cannot be read, in our words. */
const readingFaults: { readonly [code: string]: Problem } = {
  FST_ERR_CTP_BODY_TOO_LARGE: problem("too-large", "The body is larger than 1 MiB."),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problem("malformed", "The body has to be JSON, with the header content-type: application/json."),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: problem("malformed", "The body is not as long as the header content-length says."),
  FST_ERR_BAD_URL: problem("malformed", "The address is not a valid URL."),
};

export function problemOf(error: FastifyError): Problem {
  const known = readingFaults[error.code];
  if (known) return known;
  if (error instanceof JsonRefused) return problem("malformed", `The body cannot be read: ${error.message}`);
  if (error instanceof SyntaxError) return problem("malformed", "The body is not valid JSON.");
  const isTheirs = error.statusCode !== undefined && error.statusCode < 500;

  return isTheirs ? problem("malformed", "The request cannot be read.") : faultProblem(error);
}

function nothingThere({ method, url }: FastifyRequest): Problem {
  return problem("not-found", `There is nothing at ${method} ${url.split("?", 1)[0]!.slice(0, 200)}.`);
}
