import type { Refusal } from "./refusal.ts";

/** A message to a client, as text; `payload` is JSON text. */
export function frame(type: string, procedureId: string, payload?: string): string {
  return `{"type":"${type}","statusCode":200,"procedureId":"${procedureId}"${payload === undefined ? "" : `,"payload":${payload}`}}`;
}

/** Where it cannot be said what went wrong with which of its messages, the client hears only what. */
export function errorFrame({ statusCode, text }: Refusal, procedureId?: string): string {
  return JSON.stringify({ type: "error", statusCode, procedureId, payload: text });
}
