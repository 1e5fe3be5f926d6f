import { Readable } from "node:stream";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problemOf } from "../http/answer-problem.ts";
import { addressOf, type Caller } from "../http/caller.ts";
import type { Guest } from "../http/identity/identity.ts";
import { readJson } from "../http/read-json.ts";
import { configurationOf } from "./configuration.ts";
import { Feed } from "./feed.ts";
import type { Hall } from "./hall.ts";
import { heartbeat, JsonLines } from "./json-lines.ts";
import { Listeners } from "./listeners.ts";
import { readCommand } from "./read-command.ts";
import { isRefusal, refusalOf, refusals, type Refusal } from "./refusal.ts";
import { readFilter } from "./subscription.ts";
import { takeCommand } from "./take-command.ts";
import { takenByDefault, understandQuestion, type Asked } from "./understand-question.ts";
import { rejectionEvent } from "./wire-event.ts";

type Parameters = Readonly<Record<string, string | string[] | undefined>>;
type Request = FastifyRequest<{ Querystring: Parameters }>;
type ReadRequest = FastifyRequest<{ Querystring: Parameters; Params: { modelType: string; modelName: string } }>;
type Handler<R> = (request: R, reply: FastifyReply, guest: Guest) => Promise<FastifyReply>;

/** What the old clients ask over HTTP: all that they do in Node, and in browsers whether the server is there and what it has. */
export function httpRoutes(server: FastifyInstance, hall: Hall): void {
  const { services } = hall;
  const configuration = configurationOf(services.application);
  const listeners = new Listeners();
  const admitted = <R extends Request>(handle: Handler<R>) => {
    return async (request: R, reply: FastifyReply): Promise<FastifyReply> => {
      const found = await services.admission.admit(callerOf(request));
      if (found.kind === "guest") return handle(request, reply, found);
      if (found.problem.retryAfter !== undefined) reply.header("retry-after", found.problem.retryAfter);

      return refuse(reply, refusalOf(found.problem));
    };
  };

  void server.register(async (scope) => {
    scope.setErrorHandler((error: FastifyError, request, reply) => refuse(reply, refusalOfError(error, request, hall)));
    // Old browsers take no other answer for a yes.
    scope.options("/v1/*", { config: { cors: { optionsSuccessStatus: 200 } } }, (_request, reply) => reply.code(404).send());
    scope.get("/v1/ping", (_request, reply) => reply.send({ api: "v1" }));
    scope.get("/v1/configuration.json", (_request, reply) => reply.send(configuration));
    scope.post("/v1/command", admitted(command(hall)));
    scope.post("/v1/events", admitted(events(hall, listeners)));
    scope.post("/v1/read/:modelType/:modelName", admitted(read(hall, listeners)));
  });
}

const command = (hall: Hall): Handler<Request> =>
  async function answer(request, reply, { user }) {
    const { services } = hall;
    if (!services.origins.allow(request.raw)) return refuse(reply, refusals.otherOrigin);
    if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) return refuse(reply, refusals.noJson);
    const found = readCommand(services.application, hall.aliases.inwards(request.body));
    if (isRefusal(found)) return refuse(reply, found);
    const taken = await takeCommand(services, found, user);
    if (isRefusal(taken)) return refuse(reply, taken);
    reply.raw.on("close", () => {
      void taken.rejection.then(
        (rejection) => rejection && hall.audience.tell(rejectionEvent(hall.stamp(), found.request, user, rejection), user),
      );
    });

    return reply.code(200).send();
  };

const events = (hall: Hall, listeners: Listeners): Handler<Request> =>
  async function answer(request, reply, { user, until }) {
    const filter = readFilter(hall.aliases.inwards(request.body));
    if (!filter) return refuse(reply, refusals.badRequest);
    const lines = new JsonLines(request, hall.services.closing, until);
    const feed = new Feed(hall, lines, () => lines.end());
    const leave = listeners.add(feed, user, addressOf(request.raw, hall.services.isBehindProxy));
    lines.gone.addEventListener("abort", () => {
      leave();
      feed.close();
    });
    try {
      await feed.begin({ filter, user, send: (event) => lines.write(`${event}\n`) });
    } catch (fault) {
      lines.discard();
      throw fault;
    }

    return lines.answer(reply);
  };

const read = (hall: Hall, listeners: Listeners): Handler<ReadRequest> =>
  async function answer(request, reply, { user }) {
    const asked = askedBy(request, hall);
    const wanted = isRefusal(asked) ? asked : understandQuestion(hall.services.application, asked, user);
    if (isRefusal(wanted)) return refuse(reply, wanted);
    await listeners.asked(wanted.question, addressOf(request.raw, hall.services.isBehindProxy));
    const pages = await hall.pages.read(wanted);

    return isRefusal(pages) ? refuse(reply, pages) : reply.type("application/json").send(Readable.from(linesOf(pages)));
  };

async function* linesOf(pages: AsyncGenerator<readonly string[]>): AsyncGenerator<string> {
  yield heartbeat;
  for await (const items of pages) if (items.length > 0) yield `${items.join("\n")}\n`;
}

function askedBy({ params, query }: ReadRequest, { aliases }: Hall): Asked | Refusal {
  const [where, orderBy] = [jsonIn(query["where"]), jsonIn(query["orderBy"])];
  if (where === noJson) return refusals.invalidWhere;
  if (orderBy === noJson) return refusals.invalidOrderBy;
  const [skip, take] = [countIn(query["skip"], 0), countIn(query["take"], takenByDefault)];
  if (skip === undefined || take === undefined) return refusals.invalidQuery;

  return { ...params, where: aliases.inwards(where), orderBy, skip, take };
}

const noJson = Symbol("no JSON");

function jsonIn(text: Parameters[string]): unknown {
  if (text === undefined) return undefined;
  try {
    return typeof text === "string" ? readJson(text) : noJson;
  } catch {
    return noJson;
  }
}

function countIn(text: Parameters[string], otherwise: number): number | undefined {
  if (text === undefined) return otherwise;
  const count = typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

  return count === 0 ? otherwise : count;
}

/** A token may stand in the address, too. */
function callerOf({ raw, query }: Request): Caller {
  const { token } = query;
  const isGiven = raw.headers.authorization === undefined && typeof token === "string" && token !== "";

  return isGiven ? { headers: { ...raw.headers, authorization: `Bearer ${token}` }, socket: raw.socket } : raw;
}

function refusalOfError(error: FastifyError, request: FastifyRequest, { services }: Hall): Refusal {
  const found = problemOf(error);
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return refusals.noJson;
  if (found.type === "too-large") return refusals.tooLarge;
  if (found.status < 500) return request.url.startsWith("/v1/command") ? refusals.malformedCommand : refusals.badRequest;
  services.report(error);

  return refusals.failed;
}

/** Who is not believed hears nothing but that. */
function refuse(reply: FastifyReply, { statusCode, text }: Refusal): FastifyReply {
  return reply
    .code(statusCode)
    .type("text/plain; charset=utf-8")
    .send(statusCode === 401 ? "" : text);
}
