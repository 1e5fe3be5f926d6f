import type { Row } from "../protocol/query.ts";
import type { User } from "../protocol/user.ts";
import { checkCondition } from "./check-condition.ts";
import { encode, type Column } from "./columns.ts";
import type { CheckedCondition } from "./condition.ts";
import type { Fault } from "./fault.ts";
import { holding } from "./holds.ts";
import type { ReadRule } from "./list.ts";

/** What one user may see of a list: nothing, every row, or those rows that a rule allows. */
export type Permission = Granted | { readonly kind: "nothing" };

export type Granted =
  | { readonly kind: "everything" }
  /** `rows` is for the database, `allows` where that cannot decide. Users of the same class see the same rows. */
  | { readonly kind: "rows"; readonly class: string; readonly rows?: CheckedCondition; readonly allows?: (row: Row) => boolean };

/** One rule that allows is enough; what no rule allows nobody may. */
export function permissionOf(rules: readonly ReadRule<Row>[], columns: readonly Column[], user: User): Permission {
  const applying = rules.filter(({ who }) => includes(who, user));
  if (applying.length === 0) return { kind: "nothing" };
  if (applying.some(({ rows, where }) => !rows && !where)) return { kind: "everything" };
  const rows = applying.flatMap(({ rows }) => (rows ? [{ said: rows(user), condition: conditionFor(columns, rows(user)) }] : []));
  if (rows.length === applying.length) {
    const of = rows.map(({ condition }) => condition);

    return { kind: "rows", class: JSON.stringify(rows.map(({ said }) => said)), rows: of.length === 1 ? of[0]! : { kind: "any", of } };
  }
  const tests = rows.map(({ condition }) => holding(condition));
  const allows = (row: Row) => {
    const cells = columns.map((column) => encode(column, row[column.field]));

    return applying.some(({ where }) => where?.(row, user) === true) || tests.some((test) => test(cells));
  };

  return { kind: "rows", class: JSON.stringify([user.id, [...user.roles].sort()]), allows };
}

function conditionFor(columns: readonly Column[], condition: unknown): CheckedCondition {
  const faults: Fault[] = [];
  const checked = checkCondition(columns, condition, faults, Infinity);
  if (faults[0]) throw new TypeError(`${faults[0].field} ${faults[0].rule}`);

  return checked;
}

function includes(who: ReadRule<Row>["who"], user: User): boolean {
  if (who === "everyone") return true;

  return who === "authenticated" ? user.id !== null : user.roles.includes(who.role);
}
