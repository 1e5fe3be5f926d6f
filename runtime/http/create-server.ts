import { isUtf8 } from "node:buffer";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { aggregateRoutes } from "./aggregate-routes.ts";
import { answerAllProblems, answerProblem, problemOf } from "./answer-problem.ts";
import type { Certificate } from "./certificate.ts";
import { apiDocumentsRoute } from "./api-documents-route.ts";
import { commandRoute } from "./command-route.ts";
import { devLoginRoute } from "./dev-login-route.ts";
import type { Door } from "./door.ts";
import { eventsRoute } from "./events-route.ts";
import { healthRoutes } from "./health-routes.ts";
import { listRoute } from "./list-route.ts";
import { modelRoute } from "./model-route.ts";
import { refuseOtherMethods } from "./other-methods.ts";
import { pageRoutes, type Pages } from "./page-routes.ts";
import { readJson } from "./read-json.ts";
import { headersOfAnswers } from "./security-headers.ts";
import type { Services } from "./services.ts";
import { answerNoRequest } from "./write-problem.ts";
import { acceptSockets } from "./socket/accept-sockets.ts";

const mostBytes = 1024 * 1024;

const mostConnections = 20_000;

/** For connections that begin and do not go on. */
const patience = { headersTimeout: 15_000, handshakeTimeout: 10_000, connectionsCheckingInterval: 5_000 };

const limits = {
  bodyLimit: mostBytes,
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
  http2SessionTimeout: 72_000,
  // Who is connected already gets an answer, and then goodbye.
  return503OnClosing: false,
  routerOptions: { maxParamLength: 300 },
  clientErrorHandler: answerNoRequest,
  schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) =>
    void answerProblem(reply.headers(headersOfAnswers), problemOf(error)),
};

/** The model says what bodies have to be like; Fastify then need not load its compilers of schemas, which is a tenth of a start. */
function noSchemas(): never {
  throw new Error("Routes have no schemas.");
}

/** Every way in to an application, but for listening. */
export type Furnish = (services: Services, pages: Pages, others: readonly Door[]) => FastifyInstance;

/**
 * A server of HTTP/2 and HTTP/1.1 over TLS with a certificate, of plain HTTP/1.1 without. What takes time without needing the application is done
 * at once, so that it can be done while the application is being opened.
 */
export function createServer(certificate: Certificate | undefined): Furnish {
  const server = fastify({ ...limits, ...(certificate ? overTls(certificate) : { http: patience }) });
  server.server.maxConnections = mostConnections;
  readJsonOnly(server);

  return (services, pages, others) => {
    answerAllProblems(server, services.report);
    server.addHook("onRequest", (request, reply, next) => {
      reply.headers(headersOfAnswers);
      if (services.closing.aborted && request.raw.httpVersionMajor === 1) reply.header("connection", "close");
      next();
    });
    if (services.origins.others.length > 0) allowOrigins(server, services.origins.others);
    const refuseTheRest = refuseOtherMethods(server);
    commandRoute(server, services);
    listRoute(server, services);
    eventsRoute(server, services);
    aggregateRoutes(server, services);
    modelRoute(server, services.application);
    if (pages.api !== undefined) apiDocumentsRoute(server, pages.api);
    healthRoutes(server, services);
    devLoginRoute(server, services);
    pageRoutes(server, pages);
    acceptSockets(
      server,
      services,
      others.map((open) => open(server, services)),
    );
    refuseTheRest();

    return server;
  };
}

/** Browsers ask before they let a page of another origin send anything. */
function allowOrigins(server: FastifyInstance, origins: readonly string[]): void {
  void server.register(import("@fastify/cors"), {
    origin: [...origins],
    methods: ["GET", "POST"],
    allowedHeaders: ["authorization", "content-type", "idempotency-key", "last-event-id", "prefer"],
    exposedHeaders: ["preference-applied", "retry-after", "www-authenticate"],
    maxAge: 600,
  });
}

/** Fastify types a server of HTTP/2 apart from one of HTTP/1.1; what we use of them is the same. */
function overTls(certificate: Certificate): object {
  return { http2: true, https: { ...certificate, ...patience, allowHTTP1: true } };
}

/** Bodies are JSON in UTF-8; an empty one is none. */
function readJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body: Buffer, done) => {
    try {
      if (!isUtf8(body)) throw new SyntaxError("It is not UTF-8.");
      done(null, body.length === 0 ? undefined : readJson(body.toString()));
    } catch (error) {
      done(error as SyntaxError);
    }
  });
}
