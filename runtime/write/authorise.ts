import type { User } from "../protocol/user.ts";
import type { Rule } from "./aggregate.ts";
import type { AggregateState } from "./aggregate-state.ts";
import { refuse, type Decide } from "./decide.ts";
import { isOfFlow } from "./flow-id.ts";
import { inWords } from "./vocabulary.ts";

/** What no rule allows nobody may, but for flows. The rules see the state as it is before the command. */
export function authorise(decide: Decide): Decide {
  return (aggregate, task) => {
    const { command, kind } = task;
    if (task.isOfFlow) return decide(aggregate, task);
    if (aggregate.revision === 0 && isOfFlow(aggregate.id)) return refuse("not-allowed", "Only a flow may begin something under this id.");
    const rules = kind.definition.isAuthorized.commands[command.name] ?? [];
    if (isAllowed(rules, aggregate, command.user)) return decide(aggregate, task);
    return refuse("not-allowed", `You are not allowed to ${inWords(command.name)} this ${inWords(kind.definition.name)}.`);
  };
}

/** One rule that allows is enough. Whoever starts an aggregate counts as its owner, if they are anybody. */
export function isAllowed(rules: readonly Rule<unknown>[], aggregate: AggregateState, user: User): boolean {
  return rules.some((rule) => includes(rule.who, aggregate, user) && (rule.where?.(aggregate, user) ?? true));
}

function includes(who: Rule<unknown>["who"], { revision, owner }: AggregateState, user: User): boolean {
  if (typeof who === "object") return user.roles.includes(who.role);
  if (who === "everyone") return true;
  if (who === "authenticated") return user.id !== null;
  return user.id !== null && (revision === 0 || owner === user.id);
}
