import type { Command } from "../protocol/command.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import type { CommandRequest } from "../protocol/socket.ts";
import type { User } from "../protocol/user.ts";
import type { Fault } from "../protocol/validation/check.ts";
import { isId } from "../protocol/validation/text.ts";
import { sentence } from "./sentence.ts";
import { digestOf } from "./digest.ts";
import { unknownCommand, type Task, type Vocabulary } from "./vocabulary.ts";

/** Reads a request once: it comes out as a task that can be trusted, or as the problem with it. */
export function understand(vocabulary: Vocabulary, request: CommandRequest, user: User, timestamp: string): Task | Problem {
  const { context, aggregate, aggregateId, name, id } = request;
  const kind = vocabulary.find(context, aggregate);
  const known = kind?.commands.get(name);
  if (kind === undefined || known === undefined) {
    return problem("unknown-command", unknownCommand(vocabulary, `${context}.${aggregate}.${name}`));
  }

  const idFaults = faultsOfIds(id, aggregateId);
  const validated = known.validate(request.data);
  if (idFaults.length > 0 || !validated.ok) return notValid(validated.ok ? idFaults : [...idFaults, ...validated.faults]);

  const command: Command = {
    id,
    context: { name: kind.definition.context },
    aggregate: { name: kind.definition.name, id: aggregateId },
    name: known.name,
    data: validated.data,
    user,
    metadata: { timestamp, correlationId: id, causationId: id },
  };
  return { kind, definition: known.definition, command, digest: digestOf(known.oldest, command) };
}

function faultsOfIds(id: string, aggregateId: string): Fault[] {
  const rule = "must be 1 to 200 characters long, without control characters";
  const faults: Fault[] = [];
  if (!isId(id)) faults.push({ field: "id of the command", rule });
  if (!isId(aggregateId)) faults.push({ field: "id of the aggregate", rule });
  return faults;
}

function notValid(fields: readonly Fault[]): Problem {
  return problem("not-valid", `The command is not valid: ${sentence(fields.slice(0, 5))}.`, fields);
}
