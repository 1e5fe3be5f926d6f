import type { Command } from "../protocol/command.ts";
import type { Problem } from "../protocol/problem.ts";
import type { CommandRequest } from "../protocol/socket.ts";
import type { User } from "../protocol/user.ts";
import type { EventLog } from "../store/event-log.ts";
import type { SomeAggregateDefinition } from "./aggregate.ts";
import { Aggregates } from "./aggregates.ts";
import { refused, type Answer, type Handle, type Repeated } from "./answer.ts";
import { answerFaults } from "./answer-faults.ts";
import { authorise } from "./authorise.ts";
import { decideByModel, decideIfAlive } from "./decide.ts";
import { deduplicate } from "./deduplicate.ts";
import { handleCommand } from "./handle-command.ts";
import { keepInvariants } from "./keep-invariants.ts";
import { keepTypes } from "./keep-types.ts";
import { makeClaims } from "./make-claims.ts";
import { rejectImpossible } from "./reject-impossible.ts";
import { retryConflicts } from "./retry-conflicts.ts";
import { inWordsOfNow, understand, type Story } from "./understand.ts";
import { vocabulary } from "./vocabulary.ts";

export interface WriteModel {
  /**
   * Carries out a command and answers when its events are durable, or says why it was not carried out. Never throws because of what
   * was asked. A signal keeps a command from beginning; one that has begun is carried to its end, and its answer can be had again under its id.
   */
  handle(request: CommandRequest, user: User, signal?: AbortSignal): Promise<Answer>;
  /** What is wrong with a command before anybody looks at what it is about. */
  check(request: CommandRequest, user: User): Problem | undefined;
  /** The same for a command that a flow runs, on behalf of the user of this id. It needs no permission. */
  handleForFlow(request: CommandRequest, userId: string | null, story: Story): Promise<Answer>;
  /** The same request, which may be one of an older model, as the model calls it now. */
  inWordsOfNow(request: CommandRequest): CommandRequest;
}

/** The world as the write model needs it. */
export interface WriteWorld {
  /** Milliseconds since 1970. */
  now(): number;
  /** A new id for an event, never the same twice. */
  newId(): string;
  /** Takes what went wrong without being anybody's request's fault: a failing store, throwing code. */
  report(fault: unknown, command: Command): void;
  /** How many bytes of aggregates to keep in memory, roughly; 256 MiB by default. */
  readonly mostBytes?: number;
  /** After how many events of an aggregate its state is kept, so that the next start need not read them; 1000 by default. */
  readonly eventsPerSnapshot?: number;
}

const mostBytesByDefault = 256 * 1024 * 1024;
const eventsPerSnapshotByDefault = 1_000;

/** The write model of a log that may have been written by other models: what the log must know of this one is brought up to date first. */
export async function openWriteModel(
  definitions: readonly SomeAggregateDefinition[],
  log: EventLog,
  world: WriteWorld,
): Promise<WriteModel> {
  await makeClaims(definitions, log);
  return createWriteModel(definitions, log, world);
}

/** The write model of a log that was written by this model only. */
export function createWriteModel(definitions: readonly SomeAggregateDefinition[], log: EventLog, world: WriteWorld): WriteModel {
  const words = vocabulary(definitions);
  const aggregates = new Aggregates(log, world.mostBytes ?? mostBytesByDefault, world.eventsPerSnapshot ?? eventsPerSnapshotByDefault);
  const decide = rejectImpossible(decideIfAlive(authorise(keepInvariants(keepTypes(decideByModel(world.newId))))));

  const timestampOf = rememberLast((time) => new Date(time).toISOString());
  const retried: Handle<Answer | Repeated> = (task) =>
    retryConflicts((same, isFirst) => handleCommand(log, aggregates, decide, same, isFirst), task);
  const handle = answerFaults(deduplicate(retried, log), world.report);

  return {
    async handle(request, user, signal) {
      signal?.throwIfAborted();
      const task = understand(words, request, user, timestampOf(world.now()));
      return "status" in task ? refused(task) : handle(task);
    },
    check(request, user) {
      const task = understand(words, request, user, timestampOf(world.now()));
      return "status" in task ? task : undefined;
    },
    async handleForFlow(request, userId, story) {
      const task = understand(words, request, { id: userId, roles: [] }, timestampOf(world.now()), story);
      return "status" in task ? refused(task) : handle(task);
    },
    inWordsOfNow: (request) => inWordsOfNow(words, request),
  };
}

/** Many commands of a busy server arrive within the same millisecond. */
function rememberLast(textOf: (time: number) => string): (time: number) => string {
  let last = Number.NaN;
  let text = "";
  return (time) => {
    if (time !== last) [last, text] = [time, textOf(time)];
    return text;
  };
}
