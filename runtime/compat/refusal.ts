import type { Problem } from "../protocol/problem.ts";

/** Why something was not done, as the old clients know it: a status of HTTP and a sentence. */
export interface Refusal {
  readonly statusCode: number;
  readonly text: string;
}

export const refusals = {
  badRequest: { statusCode: 400, text: "Bad request." },
  procedureIdMissing: { statusCode: 400, text: "Procedure id is missing." },
  procedureIdInvalid: { statusCode: 400, text: "Procedure id is invalid." },
  payloadMissing: { statusCode: 400, text: "Payload is missing." },
  malformedCommand: { statusCode: 400, text: "Malformed command." },
  unknownContext: { statusCode: 400, text: "Unknown context name." },
  unknownAggregate: { statusCode: 400, text: "Unknown aggregate name." },
  unknownCommand: { statusCode: 400, text: "Unknown command name." },
  unknownModelType: { statusCode: 400, text: "Unknown model type." },
  unknownModelName: { statusCode: 400, text: "Unknown model name." },
  invalidWhere: { statusCode: 400, text: "Invalid where." },
  invalidOrderBy: { statusCode: 400, text: "Invalid order by." },
  invalidQuery: { statusCode: 400, text: "Invalid query." },
  invalidToken: { statusCode: 401, text: "Invalid token." },
  otherOrigin: { statusCode: 403, text: "Pages of other origins may not send commands." },
  tooLarge: { statusCode: 413, text: "Payload is too large." },
  noJson: { statusCode: 415, text: "Header content-type must be application/json." },
  tooManyRequests: { statusCode: 429, text: "Too many requests." },
  notAccepted: { statusCode: 500, text: "Failed to accept command." },
  failed: { statusCode: 500, text: "Failed to handle request." },
  notLoaded: { statusCode: 500, text: "Unable to load model." },
  unavailable: { statusCode: 503, text: "Not available." },
} as const satisfies { readonly [name: string]: Refusal };

/** Why nobody was let in. */
export function refusalOf({ type }: Problem): Refusal {
  if (type === "not-authenticated") return refusals.invalidToken;

  return type === "too-many-requests" ? refusals.tooManyRequests : refusals.unavailable;
}

export function isRefusal(value: object): value is Refusal {
  return "statusCode" in value;
}
