import { readJson } from "../http/read-json.ts";
import { isRecord } from "../protocol/is-record.ts";
import { refusals, type Refusal } from "./refusal.ts";

/** A message of a client, as far as it is looked at before its token is. */
export interface Envelope {
  readonly procedureId: string;
  readonly token: unknown;
  readonly type: unknown;
  readonly payload: unknown;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Opens a frame's text; or says, in the order in which the old server did, what is wrong with it. */
export function openEnvelope(text: string): Envelope | Refusal {
  const message = jsonIn(text);
  if (!isRecord(message) || message["version"] !== "v1") return refusals.badRequest;
  const { procedureId, token, type, payload } = message;
  if (!procedureId) return refusals.procedureIdMissing;
  if (typeof procedureId !== "string" || !uuid.test(procedureId)) return refusals.procedureIdInvalid;

  return { procedureId, token, type, payload };
}

function jsonIn(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
