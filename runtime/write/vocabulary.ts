import type { Command } from "../protocol/command.ts";
import type { Fields } from "../protocol/field.ts";
import { nearestName } from "../protocol/validation/nearest-name.ts";
import { fieldChecks, validator, type FieldCheck, type Validated } from "../protocol/validation/validate.ts";
import type { CommandDefinition } from "./aggregate.ts";
import { shapeOf } from "./state-shape.ts";
import { fullName, type AnyAggregate } from "./aggregate-state.ts";

type Validate = (data: unknown) => Validated;

/** A kind of aggregate with the checks of its fields compiled. */
export interface Kind {
  /** With its context's. */
  readonly name: string;
  readonly definition: AnyAggregate;
  /** What snapshots of it depend on. */
  readonly shape: string;
  /** The fields of the state. */
  readonly fields: readonly FieldCheck[];
  readonly commands: ReadonlyMap<
    string,
    { readonly definition: CommandDefinition<unknown, Record<string, unknown>, unknown>; readonly validate: Validate }
  >;
  readonly events: ReadonlyMap<string, { readonly version: number; readonly validate: Validate }>;
}

/** A command that the model knows and whose data is valid, on its way through the wrappers to its aggregate. */
export interface Task {
  readonly kind: Kind;
  readonly definition: CommandDefinition<unknown, Record<string, unknown>, unknown>;
  /** With valid data, in normal form. */
  readonly command: Command;
  readonly digest: string;
}

export interface Vocabulary {
  find(context: string, aggregate: string): Kind | undefined;
  /** Every command by its full name. */
  readonly names: readonly string[];
}

export function vocabulary(definitions: readonly AnyAggregate[]): Vocabulary {
  const kinds = new Map<string, Map<string, Kind>>();
  for (const definition of definitions) {
    const { context, name } = definition;
    kinds.set(context, (kinds.get(context) ?? new Map()).set(name, kindOf(definition)));
  }

  return {
    find: (context, aggregate) => kinds.get(context)?.get(aggregate),
    names: definitions.flatMap((definition) => Object.keys(definition.commands).map((name) => fullName(definition, name))),
  };
}

function kindOf(definition: AnyAggregate): Kind {
  const commands = Object.entries(definition.commands).map(
    ([name, command]) => [name, { definition: command, validate: validator(command.fields, inWords(name)) }] as const,
  );
  const events = Object.entries(definition.events).map(
    ([name, { version, fields }]) => [name, { version, validate: validator(fields, inWords(name)) }] as const,
  );
  return {
    name: `${definition.context}.${definition.name}`,
    definition,
    shape: shapeOf(definition),
    fields: fieldChecks(ofState(definition.fields)),
    commands: new Map(commands),
    events: new Map(events),
  };
}

/** Data that arrives has to say what its `json` is; a state begins with null there. */
function ofState(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.type === "json" ? { ...field, optional: true } : field]),
  );
}

/** What a person calls it: `placeOrder` is "place order". */
export function inWords(name: string): string {
  return name.replace(/(?<=\p{Ll}|\p{N})\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`);
}

/** "There is no command sent …; did you mean send?", in full names where the aggregate is unknown. */
export function unknownCommand({ names }: Vocabulary, asked: string): string {
  const near = nearestName(asked, names);
  return `There is no command ${asked.slice(0, 300)}${near === undefined ? "." : `; did you mean ${near}?`}`;
}
