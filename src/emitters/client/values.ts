import type { Domain, Value } from "../../model/domain.ts";
import type { Field } from "../../model/field.ts";
import { fullName } from "../../model/names.ts";
import { heldValue } from "../../model/types/held-value.ts";
import { notEmitted } from "../not-emitted.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { fieldsText } from "../typescript/interface.ts";
import { pascal, type FileNames } from "../typescript/names.ts";
import type { Member, NameValue } from "../typescript/type.ts";

/** The values of a client: what rows and events show of them is complete, what commands and questions take may leave something out. */
export interface ClientValues {
  readonly interfaces: readonly string[];
  readonly nameShown: NameValue;
  readonly nameSent: NameValue;
}

/** What has a default, or is optional, need not be given. */
export const mayBeLeftOut = (field: Field): boolean => field.default !== undefined || field.type.kind === "optional";

export const asSent = (field: Field): Member => ({ name: field.name, type: field.type, optional: mayBeLeftOut(field) });

export function clientValues(domain: Domain, names: FileNames): ClientValues {
  const { contexts, lists, values } = domain;
  const aggregates = contexts.flatMap((context) => context.aggregates);
  const parameters = lists.flatMap(({ queries }) => queries.flatMap((query) => query.parameters));
  const given = heldBy(domain, [...aggregates.flatMap(({ commands }) => commands.flatMap(({ fields }) => fields)), ...parameters]);
  const told = heldBy(
    domain,
    [...aggregates.flatMap(({ events }) => events), ...lists].flatMap(({ fields }) => fields),
  );
  // The value itself is among those that it is made of.
  const asInput = [...given].filter((value) => [value, ...heldBy(domain, value.fields)].some(({ fields }) => fields.some(mayBeLeftOut)));

  const shown = new Map<string, string>();
  for (const value of values.filter((value) => told.has(value) || (given.has(value) && !asInput.includes(value))))
    shown.set(
      fullName(value),
      names.claim(pascal(value.name), `${pascal(value.context ?? "")}${pascal(value.name)}`, `${pascal(value.name)}Value`),
    );
  const sent = new Map(shown);
  for (const value of values.filter((value) => asInput.includes(value)))
    sent.set(fullName(value), names.claim(`${pascal(value.name)}Input`, `${pascal(value.context ?? "")}${pascal(value.name)}Input`));
  const nameShown = nameIn(shown);
  const nameSent = nameIn(sent);

  return {
    nameShown,
    nameSent,
    interfaces: values.flatMap((value) => [
      ...(shown.has(fullName(value)) ? [shownText(value, nameShown)] : []),
      ...(asInput.includes(value) ? [inputText(value, nameSent)] : []),
    ]),
  };
}

const nameIn =
  (typeNames: ReadonlyMap<string, string>): NameValue =>
  (name) =>
    typeNames.get(fullName(name)) ?? notEmitted(`the value ${fullName(name)}`);

/** The values that these fields are made of, and those that they are made of. */
function heldBy({ values }: Domain, fields: readonly Field[]): ReadonlySet<Value> {
  const byName = new Map(values.map((value) => [fullName(value), value]));
  const held = new Set<Value>();
  const hold = ({ type }: Field): void => {
    const value = byName.get(heldValue(type) ?? "");
    if (value === undefined || held.has(value)) return;
    held.add(value);
    value.fields.forEach(hold);
  };
  fields.forEach(hold);
  return held;
}

const shownText = (value: Value, nameValue: NameValue): string =>
  `${docComment(0, value.description)}export interface ${nameValue(value)} ${fieldsText(value.fields, nameValue)}`;

function inputText(value: Value, nameValue: NameValue): string {
  const fields = value.fields.map((field) => ({
    ...asSent(field),
    ...(field.description !== undefined && { description: field.description }),
  }));
  const comment = docComment(0, `The ${value.name} as it is given; what may be left out is optional.`);
  return `${comment}export interface ${nameValue(value)} ${fieldsText(fields, nameValue)}`;
}
