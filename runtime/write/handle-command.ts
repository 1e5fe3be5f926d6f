import type { Append, Appended, EventLog, Outcome } from "../store/event-log.ts";
import type { AggregateState } from "./aggregate-state.ts";
import type { Aggregates } from "./aggregates.ts";
import { refused, type Ending } from "./answer.ts";
import { claimsOf } from "./claims-of.ts";
import type { Decide, Decision } from "./decide.ts";
import type { LivingAggregate } from "./living-aggregate.ts";
import type { Task } from "./vocabulary.ts";

/** Load, decide, append. From the decision to the append nothing waits, so an aggregate's decisions reach the log in the order they were made. */
export async function handleCommand(
  log: EventLog,
  aggregates: Aggregates,
  decide: Decide,
  task: Task,
  isFirstAttempt: boolean,
): Promise<Ending> {
  const loaded = aggregates.load(task, isFirstAttempt);
  const aggregate = loaded instanceof Promise ? await loaded : loaded;
  if (aggregate.isStale) return { kind: "conflict" };

  const decision = decide(aggregate.ahead, task);
  if (decision.kind === "refused") return (await aggregates.isUpToDate(task, aggregate)) ? refused(decision.problem) : { kind: "conflict" };

  const append = appendOf(task, aggregate, decision);
  const after = decision.kind === "accepted" ? decision.after : aggregate.ahead;
  aggregate.depart(task.command.id, after);
  const appended = await log.append([append]).catch((error: unknown) => {
    land(aggregates, aggregate, task, undefined);
    throw error;
  });
  // An accepted command that the log rejects wanted a unique value that somebody else holds; what it led to never was.
  const cameTrue = appended[0]!.kind === "appended" || (appended[0]!.kind === "rejected" && decision.kind === "rejected");
  land(aggregates, aggregate, task, cameTrue ? after : undefined);
  return endingOf(appended[0]!);
}

function endingOf(appended: Appended): Ending {
  if (appended.kind === "appended") return { kind: "handled", handled: appended.handled };
  if (appended.kind === "rejected") return refused(appended.problem);
  return appended;
}

function land(aggregates: Aggregates, aggregate: LivingAggregate, task: Task, after: AggregateState | undefined): void {
  aggregate.arrive(task.command.id, after);
  if (after === undefined) aggregates.discard(task, aggregate);
  else aggregates.settle(task, aggregate);
}

function appendOf(
  { command, digest, kind }: Task,
  { ahead, basedOn }: LivingAggregate,
  decision: Exclude<Decision, { kind: "refused" }>,
): Append {
  const { context, aggregate, user, metadata } = command;
  const claims = decision.kind === "accepted" ? claimsOf(kind.definition, ahead, decision.after) : [];
  const outcome: Outcome = decision.kind === "accepted" ? { kind: "handled" } : decision;

  return {
    context: context.name,
    aggregate: aggregate.name,
    aggregateId: aggregate.id,
    expectedRevision: ahead.revision,
    ...(basedOn === undefined ? {} : { basedOn }),
    events: decision.kind === "accepted" ? decision.events : [],
    ...(claims.length === 0 ? {} : { claims }),
    userId: user.id,
    timestamp: metadata.timestamp,
    correlationId: metadata.correlationId,
    causationId: metadata.causationId,
    command: { id: command.id, digest, outcome },
  };
}
