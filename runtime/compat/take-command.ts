import type { Services } from "../http/services.ts";
import type { Problem } from "../protocol/problem.ts";
import type { User } from "../protocol/user.ts";
import type { Answer } from "../write/answer.ts";
import type { OldCommand } from "./read-command.ts";
import { refusals, type Refusal } from "./refusal.ts";
import type { Rejection } from "./wire-event.ts";

/** A command that will be carried out, or rejected. */
export interface Taken {
  /** Why it was not carried out; undefined where it was. */
  readonly rejection: Promise<Rejection | undefined>;
}

/** Takes a command, and resolves when it is certain that it will be carried out, before anybody decides about it: what became of it is told by events alone. */
export async function takeCommand(services: Services, command: OldCommand, user: User): Promise<Taken | Refusal> {
  const { write, inbox, report } = services;
  const known = neverAllowed(command) ?? rejectionBy(write.check(command.request, user));
  if (known) return { rejection: Promise.resolve(known) };
  try {
    const { ending } = await (await inbox()).accept(command.request, user);

    return { rejection: ending.then(rejectionOf) };
  } catch (fault) {
    report(fault);

    return refusals.notAccepted;
  }
}

function neverAllowed({ asUser, isMissing }: OldCommand): Rejection | undefined {
  if (asUser !== undefined) return { ending: "Rejected", reason: "Impersonation denied." };

  return isMissing ? { ending: "Rejected", reason: "Access denied. The model says who may what." } : undefined;
}

const rejectionOf = (answer: Answer | undefined): Rejection | undefined =>
  answer?.kind === "refused" ? rejectionBy(answer.problem) : undefined;

function rejectionBy(problem: Problem | undefined): Rejection | undefined {
  if (!problem) return undefined;
  const isOurs = problem.type === "internal" || problem.type === "unavailable";

  return { ending: isOurs ? "Failed" : "Rejected", reason: problem.detail };
}
