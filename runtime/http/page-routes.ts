import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problem } from "../protocol/problem.ts";
import { answerProblem } from "./answer-problem.ts";
import { FolderOfFiles } from "./folder-of-files.ts";

export interface Pages {
  /** The application's own page; may be missing. */
  readonly client: string;
  /** The folder of the documents that describe its API. */
  readonly api?: string | undefined;
  /** Whether there is a studio at `/studio/`. */
  readonly studio: boolean;
}

/** The application's page at `/`, the SDK that pages import at `/@wkgen/runtime/`, and, in development, the studio. */
export function pageRoutes(server: FastifyInstance, { client, studio }: Pages): void {
  const sdk = dirname(fileURLToPath(import.meta.resolve("@wkgen/runtime/client")));

  serve(server, "/@wkgen/runtime/", new FolderOfFiles(sdk, (path) => /^(client\.js|(client|protocol)\/.+\.js)$/.test(path)));
  if (studio) {
    serve(server, "/studio/", new FolderOfFiles(join(sdk, "..", "studio", "page")));
    server.get("/studio", (_request, reply) => reply.redirect("/studio/"));
  }
  if (existsSync(join(client, "index.html"))) serve(server, "/", new FolderOfFiles(client));
  else if (studio) server.get("/", (_request, reply) => reply.redirect("/studio/"));
}

function serve(server: FastifyInstance, prefix: string, folder: FolderOfFiles): void {
  server.get(`${prefix}*`, async (request, reply) => {
    const path = request.url.split(/[?#]/, 1)[0]!.slice(prefix.length);
    const file = await folder.find(path);
    if (!file) return answerProblem(reply, problem("not-found", `There is nothing at ${request.method} ${prefix}${path.slice(0, 200)}.`));
    reply.headers(file.headers);

    return isKnown(request, file.headers.etag) ? unchanged(reply) : reply.send(file.body);
  });
}

function isKnown({ headers }: FastifyRequest, etag: string | undefined): boolean {
  return etag !== undefined && headers["if-none-match"] === etag;
}

function unchanged(reply: FastifyReply): FastifyReply {
  return reply.code(304).send();
}
