import type { Duplex } from "node:stream";
import { problem, type Problem } from "../protocol/problem.ts";
import { headersOfAnswers } from "./security-headers.ts";

/** Answers on a connection that is no request, or not one yet, and ends it. */
export function writeProblem(socket: Duplex, found: Problem): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(found);
  const headers = {
    ...headersOfAnswers,
    "content-type": "application/problem+json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    connection: "close",
    ...(found.status === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
    ...(found.retryAfter !== undefined && { "retry-after": found.retryAfter }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${found.status} ${found.title}`, ...lines, "", body].join("\r\n"));
}

/** What came that is no HTTP, is too much of it, or did not come to its end. */
export function answerNoRequest({ code }: Error & { readonly code?: string }, socket: Duplex): void {
  if (code === "ECONNRESET") return void socket.destroy();
  writeProblem(socket, (code && faults[code]) || problem("malformed", "This is no HTTP request."));
}

const faults: { readonly [code: string]: Problem } = {
  HPE_HEADER_OVERFLOW: { ...problem("too-large", "The headers are larger than 16 KiB."), status: 431 },
  ERR_HTTP_REQUEST_TIMEOUT: { ...problem("malformed", "The request did not come to its end in time."), status: 408 },
};
