import { pascal } from "../typescript/names.ts";
import type { Reference } from "./components.ts";
import type { Json } from "./json.ts";
import type { Schema, Schemas } from "./schema.ts";

type Response = { readonly [key: string]: Json };

/** What the server turns requests down with, whatever they are about: by status, the types of problem and what they say. */
const general = {
  "400": [["not-valid", "malformed"], "What was sent is not valid; `fields` names what is wrong, and the rule."],
  "401": [["not-authenticated"], "The token is missing or not accepted."],
  "403": [["not-allowed"], "Not allowed."],
  "413": [["too-large"], "More was sent than is read."],
  "429": [["too-many-requests"], "Too many requests; `Retry-After` says when to go on."],
  "500": [["internal"], "A fault of the application; its operator knows."],
  "503": [["unavailable"], "Not possible just now. Send it again, a command under the same id."],
} as const;

type Status = keyof typeof general;

/** Every kind of problem, as RFC 9457 has them. */
export const problemSchema = (schemas: Schemas): Schema =>
  schemas.component("problem", "Problem", () => ({
    description: "Why a request was not carried out (RFC 9457).",
    type: "object",
    required: ["type", "title", "status", "detail"],
    properties: {
      type: { type: "string", description: "Stable; what a program decides by." },
      title: { type: "string" },
      status: { type: "integer" },
      detail: { type: "string", description: "One sentence for a person." },
      fields: {
        type: "array",
        description: "What is not valid, and the rule that it breaks.",
        items: { type: "object", required: ["field", "rule"], properties: { field: { type: "string" }, rule: { type: "string" } } },
      },
      retryAfter: { type: "number", description: "Seconds to wait." },
    },
  }));

/** A response with problems of these types. */
export const problemResponse = (schemas: Schemas, types: readonly string[], description: string): Reference =>
  schemas.components.refer(
    "responses",
    types.join(),
    () => types.map(inPascal).join("Or"),
    () => response(schemas, types, description),
  );

const inPascal = (type: string): string => type.split("-").map(pascal).join("");

/** A response with a problem whose sentence is the model's own. */
export const rejection = (schemas: Schemas, sentences: readonly string[]): Response =>
  sentences.length === 0
    ? problemResponse(schemas, rejected.types, rejected.description)
    : response(schemas, rejected.types, rejected.description, { detail: { type: "string", examples: sentences } });

const rejected = { types: ["rejected"], description: "Rejected, for a reason that people read." };

function response(
  schemas: Schemas,
  types: readonly string[],
  description: string,
  more: { readonly [name: string]: Schema } = {},
): Response {
  const type: Schema = types.length === 1 ? { const: types[0] ?? "" } : { enum: types };
  const schema = { allOf: [problemSchema(schemas), { type: "object", required: ["type"], properties: { type, ...more } }] };
  return {
    description,
    ...(types.includes("too-many-requests")
      ? { headers: { "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } } } }
      : {}),
    content: { "application/problem+json": { schema } },
  };
}

/** The responses of these statuses that say the same for every request. */
export const generalResponses = (schemas: Schemas, ...statuses: readonly Status[]): { readonly [status: string]: Json } =>
  Object.fromEntries(
    statuses.map((status) => {
      const [types, description] = general[status];
      return [status, problemResponse(schemas, types, description)];
    }),
  );
