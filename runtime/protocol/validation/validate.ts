import type { Field, Fields, FieldType } from "../field.ts";
import { fault, place, shortened, type Check, type Fault } from "./check.ts";
import { checkList, checkMap } from "./collection.ts";
import { checkDecimal } from "./decimal.ts";
import { checkJson, isPlain } from "./json.ts";
import { nearestName } from "./nearest-name.ts";
import { checkInteger, checkNumber } from "./number.ts";
import { checkChoice, checkEmail, checkId, checkText, checkUrl } from "./text.ts";
import { checkDate, checkDuration, checkTimestamp } from "./time.ts";

export type Data = { readonly [field: string]: unknown };

export type Validated = { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly faults: readonly Fault[] };

/** However much is wrong, nobody reads more, and whoever made it so does not get more work out of us. */
const mostTold = 50;
const mostUnknown = 20;

/**
 * Compiles a description of fields once into a function that checks data against it: deeply, and for all faults at once. The answer is a copy
 * in normal form (every declared field in the order of the model, `none` as null, defaults put in, instants in UTC); the input is left as it is.
 * `owner` is what the fields belong to, for the message about a field that it does not have. No data at all is read as no fields.
 */
export function validator(fields: Fields, owner: string): (data: unknown) => Validated {
  const check = checkFields(fields, owner);

  return (data) => {
    const faults: Fault[] = [];
    const checked = check(data ?? {}, faults);
    if (faults.length === 0) return { ok: true, data: checked as Data };
    return { ok: false, faults: faults.slice(0, mostTold).map(({ field, rule }) => ({ field: field === "" ? "data" : field, rule })) };
  };
}

/** The check of one field by itself. */
export interface FieldCheck {
  readonly name: string;
  /** What is wrong with this value of the field. */
  faultsOf(value: unknown): readonly Fault[];
}

/** Compiles each field by itself, for whoever needs to check only some of them. */
export function fieldChecks(fields: Fields): readonly FieldCheck[] {
  return Object.entries(fields).map(([name, field]) => {
    const check = checkField(field);
    const faultsOf = (value: unknown) => {
      const faults: Fault[] = [];
      check(value, faults);
      if (faults.length > 0) place(faults, 0, name);
      return faults;
    };
    return { name, faultsOf };
  });
}

function checkFields(fields: Fields, owner: string): Check {
  const check = checkFieldsOfNow(fields, owner);
  const formerly = Object.entries(fields).flatMap(([name, { was = [] }]) => was.map((old) => [old, name] as const));
  if (formerly.length === 0) return check;
  return (value, faults) => check(isPlain(value) ? underNamesOfNow(value, formerly) : value, faults);
}

/** What an older client sends under a field's former name is meant for the field. */
function underNamesOfNow(value: Data, formerly: readonly (readonly [old: string, now: string])[]): Data {
  let renamed: Record<string, unknown> | undefined;
  for (const [old, now] of formerly) {
    if (!Object.hasOwn(value, old) || Object.hasOwn(renamed ?? value, now)) continue;
    const { [old]: meant, ...others } = renamed ?? value;
    renamed = { ...others, [now]: meant };
  }
  return renamed ?? value;
}

function checkFieldsOfNow(fields: Fields, owner: string): Check {
  const names = Object.keys(fields);
  const checks = names.map((name) => checkField(fields[name]!));

  return (value, faults) => {
    if (!isPlain(value)) return fault(faults, names.length === 0 ? "must be an object" : `must be an object with ${names.join(", ")}`);

    const checked: Record<string, unknown> = {};
    let found = 0;
    for (let index = 0; index < names.length; index++) {
      const name = names[index]!;
      const before = faults.length;
      const given = Object.hasOwn(value, name);
      if (given) found++;
      checked[name] = checks[index]!(given ? value[name] : null, faults);
      if (faults.length > before) place(faults, before, name);
    }
    if (Object.keys(value).length > found) refuseUnknown(value, names, owner, faults);
    return checked;
  };
}

function checkLater(fieldsOf: () => Fields): Check {
  let check: Check | undefined;
  return (value, faults) => {
    check ??= checkFields(fieldsOf(), "this value");
    return check(value, faults);
  };
}

function checkField(field: Field): Check {
  const check = checkType(field);
  const required: Check = (value, faults) => (value == null ? fault(faults, "is missing") : check(value, faults));
  const completed: Check = (value, faults) => (value == null ? (field.default ?? null) : check(value, faults));
  return field.optional === true || field.default !== undefined ? completed : required;
}

function refuseUnknown(value: Data, names: readonly string[], owner: string, faults: Fault[]): void {
  const unknown = Object.keys(value).filter((key) => !names.includes(key));
  for (const key of unknown.slice(0, mostUnknown)) {
    const near = nearestName(key, names);
    faults.push({ field: shortened(key), rule: `is not a field of ${owner}${near === undefined ? "" : `; did you mean ${near}?`}` });
  }
  if (unknown.length > mostUnknown) fault(faults, `has ${unknown.length - mostUnknown} more fields that are none of ${owner}`);
}

/** The member of the union that describes this type; some members describe several. */
type Describing<Name, Type = FieldType> = Type extends { readonly type: infer Names } ? (Name extends Names ? Type : never) : never;

const compilers: { readonly [Name in FieldType["type"]]: (type: Describing<Name>) => Check } = {
  text: checkText,
  boolean: () => (value, faults) => (typeof value === "boolean" ? value : fault(faults, "must be true or false")),
  integer: checkInteger,
  number: checkNumber,
  decimal: checkDecimal,
  timestamp: () => checkTimestamp,
  date: () => checkDate,
  duration: () => checkDuration,
  id: () => checkId,
  email: () => checkEmail,
  url: () => checkUrl,
  json: () => checkJson,
  reference: () => checkId,
  choice: checkChoice,
  value: ({ fields }) => (typeof fields === "function" ? checkLater(fields) : checkFields(fields, "this value")),
  list: (type) => checkList(checkType(type.of), type),
  map: (type) => checkMap(checkType(type.of), type),
};

function checkType(type: FieldType): Check {
  return (compilers[type.type] as (type: FieldType) => Check)(type);
}
