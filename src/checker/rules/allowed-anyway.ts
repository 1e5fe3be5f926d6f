import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Rule, Who } from "../../model/allow.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** A line that allows something says more than another one that allows it already. */
export function* allowedAnyway(domain: Domain): Iterable<Diagnostic> {
  const allowed = [...aggregatesOf(domain).flatMap(({ commands, events }) => [...commands, ...events]), ...domain.lists];
  const needless = allowed.flatMap(({ name, allows }) =>
    allows.flatMap((rule) => {
      const wider = allows.find((other) => other !== rule && includes(other, rule));
      return wider === undefined ? [] : [{ name, rule, wider }];
    }),
  );
  // A line that allows several things is needless where it is for each of them.
  const uses = Map.groupBy(
    allowed.flatMap(({ allows }) => allows),
    (rule) => rule,
  );
  for (const [rule, all] of Map.groupBy(needless, (one) => one.rule)) {
    const [first] = all;
    if (first === undefined || all.length < (uses.get(rule)?.length ?? 0)) continue;
    yield diagnostic(
      "allowed-anyway",
      rule.place,
      { names: all.map(({ name }) => name), who: words(first.wider.who) },
      { related: first.wider.place },
    );
  }
}

/** Who is everyone includes who is authenticated, and that all others. Of two lines that say the same the first counts. */
function includes(wider: Rule, rule: Rule): boolean {
  if (wider.where !== undefined) return false;
  if (wider.who.kind === "everyone") return rule.who.kind !== "everyone" || isLater(rule, wider);
  if (wider.who.kind === "authenticated")
    return rule.who.kind !== "everyone" && (rule.who.kind !== "authenticated" || isLater(rule, wider));
  return words(wider.who) === words(rule.who) && isLater(rule, wider);
}

const isLater = (rule: Rule, other: Rule): boolean => rule.where !== undefined || rule.place.span.start > other.place.span.start;

const words = (who: Who): string => (who.kind === "role" ? who.role : who.kind);
