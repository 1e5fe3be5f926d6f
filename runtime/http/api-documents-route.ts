import type { FastifyInstance } from "fastify";
import { problem } from "../protocol/problem.ts";
import { answerProblem } from "./answer-problem.ts";
import { FolderOfFiles } from "./folder-of-files.ts";

const documents = ["openapi.json", "asyncapi.json"];

/** `GET /api/openapi.json` and `GET /api/asyncapi.json`: the documents that were generated with the application. */
export function apiDocumentsRoute(server: FastifyInstance, folder: string): void {
  const files = new FolderOfFiles(folder, (path) => documents.includes(path));

  for (const document of documents) {
    server.get(`/api/${document}`, async (request, reply) => {
      const file = await files.find(document);
      if (!file) return answerProblem(reply, problem("not-found", `There is no ${document}; it is generated with the application.`));
      reply.headers(file.headers);

      return request.headers["if-none-match"] === file.headers["etag"] ? reply.code(304).send() : reply.send(file.body);
    });
  }
}
