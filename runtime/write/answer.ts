import type { Problem } from "../protocol/problem.ts";
import type { Handled } from "../protocol/socket.ts";
import type { Appended } from "../store/event-log.ts";
import type { Task } from "./vocabulary.ts";

/** What the sender of a command hears. */
export type Answer = { readonly kind: "handled"; readonly handled: Handled } | { readonly kind: "refused"; readonly problem: Problem };

/** The command was carried out before, as the log found when it was to be appended. */
export type Repeated = Appended & { readonly kind: "repeated" };

/** How one attempt at a command ends: with an answer, or with something that a wrapper turns into one. */
export type Ending = Answer | Repeated | { readonly kind: "conflict" };

/** Every step of handling a command has this shape, so that steps wrap steps. */
export type Handle<End extends Ending = Answer> = (task: Task) => Promise<End>;

export function refused(problem: Problem): Answer {
  return { kind: "refused", problem };
}
