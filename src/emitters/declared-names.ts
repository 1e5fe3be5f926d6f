import type { Domain, Value } from "../model/domain.ts";
import type { Field } from "../model/field.ts";
import { fullName, type SharedName } from "../model/names.ts";
import { notEmitted } from "./not-emitted.ts";
import { FileNames, pascal } from "./typescript/names.ts";

/** What the parts of a model share, and what it is called in the generated code: as in the model, with its context where two have the same name. */
export interface Shared {
  /** Where calendar days begin and end. */
  readonly timeZone: string;
  readonly values: readonly Value[];
  /** `Money`; of a table, its row. */
  typeName(name: SharedName): string;
  /** `moneyFields` */
  fieldsName(name: SharedName): string;
  functionName(name: SharedName): string;
  tableName(name: SharedName): string;
  /** The fields of a value. */
  fieldsOf(name: SharedName): readonly Field[];
}

export function shareNames({ timeZone, values, functions, tables }: Domain): Shared {
  const types = new FileNames("FieldsOf", "Functions", "Tables");
  const constants = new FileNames();
  const values_ = new Map(values.map((value) => [fullName(value), value]));
  const typeNames = new Map([...named(values, types, (name) => [pascal(name)]), ...named(tables, types, (name) => [`${pascal(name)}Row`])]);
  const fieldsNames = new Map(named(values, constants, (name) => [`${name}Fields`]));
  const functionNames = new Map(named(functions, new FileNames("functions"), (name) => [name, `${name}Function`]));
  const tableNames = new Map(named(tables, new FileNames("tables"), (name) => [name, `${name}Table`]));
  return {
    timeZone,
    values,
    typeName: finder(typeNames),
    fieldsName: finder(fieldsNames),
    functionName: finder(functionNames),
    tableName: finder(tableNames),
    fieldsOf: (name) => values_.get(fullName(name))?.fields ?? notEmitted(`the value ${fullName(name)}`),
  };
}

type Names = readonly [string, ...string[]];

const named = (all: readonly SharedName[], free: FileNames, candidates: (name: string) => Names): readonly (readonly [string, string])[] =>
  all.map((shared) => {
    const { context = "", name } = shared;
    const [first, ...others] = candidates(name);
    return [fullName(shared), free.claim(first, ...others, ...candidates(`${context}${pascal(name)}`))];
  });

const finder =
  (names: ReadonlyMap<string, string>) =>
  (name: SharedName): string =>
    names.get(fullName(name)) ?? notEmitted(`the name ${fullName(name)}`);
