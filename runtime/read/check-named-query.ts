import { isRecord } from "../protocol/is-record.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import type { Row } from "../protocol/query.ts";
import { validator } from "../protocol/validation/validate.ts";
import { checkQuery, notValid, type CheckedQuery } from "./check-query.ts";
import type { Column } from "./columns.ts";
import type { Asked, NamedQuery } from "./list.ts";
import { suggestion } from "./suggestion.ts";
import type { AnyList } from "./table.ts";

type Checked = CheckedQuery | { readonly problem: Problem };
type Validate = ReturnType<typeof validator>;

const validators = new WeakMap<object, Validate>();

/** Checks the parameters of a question that has a name, as they came over the wire, and what it asks with them. */
export function checkNamedQuery(list: AnyList, columns: readonly Column[], name: string, asked: unknown): Checked {
  const queries = list.queries ?? {};
  if (!Object.hasOwn(queries, name)) {
    const detail = `The list ${list.name} has no query "${name.slice(0, 100)}". ${suggestion(name, Object.keys(queries))}`;

    return { problem: problem("not-found", detail) };
  }
  const query = queries[name] as NamedQuery<Row, unknown>;
  const { cursor, parameters = {} } = isRecord(asked) ? asked : {};
  const validated = validatorOf(query, `${list.name}.${name}`)(parameters);
  if (!validated.ok) return notValid(`${list.name}.${name}`, validated.faults);
  const { and, where, ...rest } = query.ask(validated.data) as Asked<Row>;
  const holds = typeof where === "function" ? (and ? (row: Row) => where(row) && and(row) : where) : and;
  const condition = typeof where === "function" ? undefined : where;
  const checked = checkQuery(list.name, columns, { ...rest, where: condition, ...(cursor !== undefined && { cursor }) }, Infinity);

  return "problem" in checked || !holds ? checked : { ...checked, and: holds };
}

function validatorOf({ parameters }: NamedQuery<Row, unknown>, owner: string): Validate {
  let validate = validators.get(parameters);
  if (!validate) validators.set(parameters, (validate = validator(parameters, owner)));

  return validate;
}
