import type { Command } from "../protocol/command.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import type { CommandRequest } from "../protocol/socket.ts";
import type { User } from "../protocol/user.ts";
import type { Fault } from "../protocol/validation/check.ts";
import { isId } from "../protocol/validation/text.ts";
import { sentence } from "./sentence.ts";
import { digestOf } from "./digest.ts";
import { isOfFlow } from "./flow-id.ts";
import { unknownCommand, type Task, type Vocabulary } from "./vocabulary.ts";

/** What led a flow to run a command. */
export interface Story {
  readonly correlationId: string;
  readonly causationId: string;
}

/**
 * Reads a request once: it comes out as a task that can be trusted, or as the problem with it. With a story it is a flow's; a person's begins one of
 * its own.
 */
export function understand(vocabulary: Vocabulary, request: CommandRequest, user: User, timestamp: string, story?: Story): Task | Problem {
  const { context, aggregate, aggregateId, name, id } = request;
  const kind = vocabulary.find(context, aggregate);
  const known = kind?.commands.get(name);
  if (kind === undefined || known === undefined) {
    return problem("unknown-command", unknownCommand(vocabulary, `${context}.${aggregate}.${name}`));
  }

  const idFaults = faultsOfIds(id, aggregateId, story !== undefined);
  const validated = known.validate(request.data);
  if (idFaults.length > 0 || !validated.ok) return notValid(validated.ok ? idFaults : [...idFaults, ...validated.faults]);

  const command: Command = {
    id,
    context: { name: kind.definition.context },
    aggregate: { name: kind.definition.name, id: aggregateId },
    name: known.name,
    data: validated.data,
    user,
    metadata: { timestamp, correlationId: story?.correlationId ?? id, causationId: story?.causationId ?? id },
  };
  const digest = digestOf(known.oldest, command, known.makeOldest?.(command.data) ?? command.data);
  return { kind, definition: known.definition, command, digest, isOfFlow: story !== undefined };
}

/** The same request in the names of now; as it is, where the model does not know it. */
export function inWordsOfNow(vocabulary: Vocabulary, request: CommandRequest): CommandRequest {
  const kind = vocabulary.find(request.context, request.aggregate);
  const known = kind?.commands.get(request.name);
  if (kind === undefined || known === undefined) return request;
  const validated = known.validate(request.data);
  const { context, name: aggregate } = kind.definition;
  return { ...request, context, aggregate, name: known.name, ...(validated.ok && { data: validated.data }) };
}

function faultsOfIds(id: string, aggregateId: string, mayBeOfFlow: boolean): Fault[] {
  const rule = "must be 1 to 200 characters long, without control characters";
  const faults: Fault[] = [];
  if (!isId(id)) faults.push({ field: "id of the command", rule });
  else if (isOfFlow(id) && !mayBeOfFlow) faults.push({ field: "id of the command", rule: "must not begin as those of flows do" });
  if (!isId(aggregateId)) faults.push({ field: "id of the aggregate", rule });
  return faults;
}

function notValid(fields: readonly Fault[]): Problem {
  return problem("not-valid", `The command is not valid: ${sentence(fields.slice(0, 5))}.`, fields);
}
