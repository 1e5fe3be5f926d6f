import type { Application } from "../application.ts";
import { addressesOf } from "../evolution/kind.ts";
import type { CommandRequest } from "../protocol/socket.ts";
import { isId } from "../protocol/validation/text.ts";
import { isGenerated } from "./configuration.ts";
import { isRecord, type Json } from "../protocol/is-record.ts";
import { refusals, type Refusal } from "./refusal.ts";

/** A command of an old client. */
export interface OldCommand {
  readonly request: CommandRequest;
  /** Whom it is to be carried out as, where that is somebody else. */
  readonly asUser: unknown;
  /** wolkenkit had it in every aggregate; this model has not. */
  readonly isMissing: boolean;
}

type Shape = { readonly [member: string]: (value: unknown) => boolean };

const isText = (value: unknown) => typeof value === "string" && value.length > 0 && value.length <= 300;
const isTime = (value: unknown) => typeof value === "number" && Number.isFinite(value);

const shape: Shape = {
  context: (value) => fits(value, { name: isText }),
  aggregate: (value) => fits(value, { name: isText, id: isId }),
  name: isText,
  id: isId,
  data: isRecord,
  custom: isRecord,
  user: (value) => value === undefined || value === null || fits(value, { id: isText, token: isRecord }),
  metadata: (value) => fits(value, { timestamp: isTime, correlationId: isId, causationId: isId }),
};

/**
 * Reads a command, which has to have all members and no others. Who sends it, and when, is not what it says: the user is the token's, the time our own, and the
 * story that it begins has its id.
 */
export function readCommand({ aggregates }: Application, payload: unknown): OldCommand | Refusal {
  if (!fits(payload, shape)) return refusals.malformedCommand;
  const { context, aggregate, name, id, data, custom } = payload as unknown as Command;
  const contexts = aggregates.filter((kind) => addressesOf(kind).some((address) => address.context === context.name));
  if (contexts.length === 0) return refusals.unknownContext;
  const kinds = contexts.filter((kind) => addressesOf(kind).some((address) => address.aggregate === aggregate.name));
  if (kinds.length === 0) return refusals.unknownAggregate;
  const isKnown = kinds.some(({ commands }) => Object.entries(commands).some(([now, { was = [] }]) => [now, ...was].includes(name)));
  if (!isKnown && !isGenerated(name)) return refusals.unknownCommand;

  const request = { id, context: context.name, aggregate: aggregate.name, aggregateId: aggregate.id, name, data };

  return { request, asUser: custom["asUser"] ?? undefined, isMissing: !isKnown };
}

interface Command {
  readonly context: { readonly name: string };
  readonly aggregate: { readonly name: string; readonly id: string };
  readonly name: string;
  readonly id: string;
  readonly data: Json;
  readonly custom: Json;
}

/** Whether it has what it has to have, and nothing else. */
function fits(value: unknown, shape: Shape): boolean {
  return (
    isRecord(value) &&
    Object.keys(value).every((name) => Object.hasOwn(shape, name)) &&
    Object.entries(shape).every(([name, isGood]) => isGood(value[name]))
  );
}
