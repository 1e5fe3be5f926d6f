import type { Row } from "../protocol/query.ts";
import type { User } from "../protocol/user.ts";
import type { ReadRule } from "./list.ts";

/** What one user may see of a list: nothing, every row, or those rows that a rule allows. */
export type Permission = Granted | { readonly kind: "nothing" };

export type Granted =
  | { readonly kind: "everything" }
  /** Users of the same class see the same rows. */
  | { readonly kind: "rows"; readonly class: string; allows(row: Row): boolean };

/** One rule that allows is enough; what no rule allows nobody may. */
export function permissionOf(rules: readonly ReadRule<Row>[], user: User): Permission {
  const applying = rules.filter(({ who }) => includes(who, user));
  if (applying.length === 0) return { kind: "nothing" };
  if (applying.some(({ where }) => !where)) return { kind: "everything" };

  return {
    kind: "rows",
    class: JSON.stringify([user.id, [...user.roles].sort()]),
    allows: (row) => applying.some(({ where }) => where?.(row, user) === true),
  };
}

function includes(who: ReadRule<Row>["who"], user: User): boolean {
  if (who === "everyone") return true;

  return who === "authenticated" ? user.id !== null : user.roles.includes(who.role);
}
