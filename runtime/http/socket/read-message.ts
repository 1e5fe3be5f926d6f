import { isRecord } from "../../protocol/is-record.ts";
import { problem } from "../../protocol/problem.ts";
import type { ClientMessage, ServerMessage } from "../../protocol/socket.ts";
import { JsonRefused, readJson } from "../read-json.ts";

type Refusal = Extract<ServerMessage, { readonly type: "problem" }>;
type Shape = { readonly [member: string]: (value: unknown) => boolean };

const isText = (value: unknown) => typeof value === "string" && value.length <= 300;
const isAnything = () => true;
const isToken = (value: unknown) => value === null || typeof value === "string";
const isPosition = (value: unknown) => value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0);

const isTextOrMissing = (value: unknown) => value === undefined || isText(value);
const listRequest: Shape = { list: isText, named: isTextOrMissing, query: isAnything, after: isPosition };

const shapes: { readonly [Type in ClientMessage["type"]]: Shape } = {
  authenticate: { token: isToken },
  command: {
    command: (value) => has(value, { id: isText, context: isText, aggregate: isText, aggregateId: isText, name: isText, data: isAnything }),
  },
  read: listRequest,
  count: listRequest,
  observe: { ...listRequest, token: isTextOrMissing },
  events: { filter: isAnything },
  cancel: {},
  ping: {},
};

/** A frame's text as a message, or as what is wrong with it. */
export function readMessage(text: string): ClientMessage | Refusal {
  let message: unknown;
  try {
    message = readJson(text);
  } catch (error) {
    return refusal(
      "",
      error instanceof JsonRefused ? `A message cannot be read: ${error.message}` : "A message has to be a text frame of JSON.",
    );
  }
  if (!isRecord(message)) return refusal("", "A message has to be an object.");

  const { id, type } = message;
  if (typeof id !== "string" || !isText(id)) return refusal("", "A message needs an id, as text of at most 300 characters.");
  if (typeof type !== "string" || !Object.hasOwn(shapes, type))
    return refusal(id, `A message's type is one of ${Object.keys(shapes).join(", ")}.`);
  const wrong = Object.entries(shapes[type as ClientMessage["type"]]).find(([member, fits]) => !fits(message[member]));

  return wrong
    ? refusal(id, `"${wrong[0]}" of this message is missing, or does not have the right form.`)
    : (message as unknown as ClientMessage);
}

function has(value: unknown, shape: Shape): boolean {
  return isRecord(value) && Object.entries(shape).every(([member, fits]) => fits(value[member]));
}

function refusal(id: string, detail: string): Refusal {
  return { type: "problem", id, problem: problem("malformed", detail) };
}
