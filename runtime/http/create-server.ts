import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { answerAllProblems, answerProblem, problemOf } from "./answer-problem.ts";
import type { Certificate } from "./certificate.ts";
import { commandRoute } from "./command-route.ts";
import { devLoginRoute } from "./dev-login-route.ts";
import { eventsRoute } from "./events-route.ts";
import { healthRoutes } from "./health-routes.ts";
import { listRoute } from "./list-route.ts";
import { modelRoute } from "./model-route.ts";
import { pageRoutes, type Pages } from "./page-routes.ts";
import { headersOfAnswers } from "./security-headers.ts";
import type { Services } from "./services.ts";
import { acceptSockets } from "./socket/accept-sockets.ts";

const mostBytes = 1024 * 1024;

const limits = {
  bodyLimit: mostBytes,
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
  routerOptions: { maxParamLength: 300 },
  frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) =>
    void answerProblem(reply.headers(headersOfAnswers), problemOf(error)),
};

/** Every way in: HTTP/2 and HTTP/1.1 over TLS with a certificate, plain HTTP/1.1 without. Not listening yet. */
export function createServer(services: Services, pages: Pages, certificate: Certificate | undefined): FastifyInstance {
  const server = fastify({ ...limits, ...(certificate && overTls(certificate)) });

  readJsonOnly(server);
  answerAllProblems(server, services.report);
  server.addHook("onRequest", (_request, reply, next) => {
    reply.headers(headersOfAnswers);
    next();
  });
  commandRoute(server, services);
  listRoute(server, services);
  eventsRoute(server, services);
  modelRoute(server, services.application);
  healthRoutes(server, services);
  devLoginRoute(server, services);
  pageRoutes(server, pages);
  acceptSockets(server, services);

  return server;
}

/** Fastify types a server of HTTP/2 apart from one of HTTP/1.1; what we use of them is the same. */
function overTls(certificate: Certificate): object {
  return { http2: true, https: { ...certificate, allowHTTP1: true } };
}

/** Bodies are JSON; an empty one is none. */
function readJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error");

  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else parse(request, body as string, done);
  });
}
