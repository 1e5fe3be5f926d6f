import type { Command } from "../protocol/command.ts";
import { addressesOf, storedAddress } from "../evolution/kind.ts";
import { oldestFields, type MakeOldest } from "../evolution/make-oldest.ts";
import type { Fields } from "../protocol/field.ts";
import { nearestName } from "../protocol/validation/nearest-name.ts";
import { fieldChecks, validator, type FieldCheck, type Validated } from "../protocol/validation/validate.ts";
import type { CommandDefinition } from "./aggregate.ts";
import { shapeOf } from "./state-shape.ts";
import { fullName, type AnyAggregate } from "./aggregate-state.ts";

type Validate = (data: unknown) => Validated;

export interface KnownCommand {
  readonly name: string;
  readonly definition: CommandDefinition<unknown, Record<string, unknown>, unknown>;
  readonly validate: Validate;
  /** What it has been called from the beginning, with its aggregate and context. */
  readonly oldest: string;
  /** The same for the fields of its data, where one was renamed. */
  readonly makeOldest: MakeOldest | undefined;
}

/** A kind of aggregate with the checks of its fields compiled. */
export interface Kind {
  /** With its context's. */
  readonly name: string;
  readonly definition: AnyAggregate;
  /** What snapshots of it depend on. */
  readonly shape: string;
  /** The fields of the state. */
  readonly fields: readonly FieldCheck[];
  /** By the names of now, and by former ones. */
  readonly commands: ReadonlyMap<string, KnownCommand>;
  readonly events: ReadonlyMap<string, { readonly version: number; readonly validate: Validate }>;
}

/** A command that the model knows and whose data is valid, on its way through the wrappers to its aggregate. */
export interface Task {
  readonly kind: Kind;
  readonly definition: CommandDefinition<unknown, Record<string, unknown>, unknown>;
  /** With valid data, in normal form. */
  readonly command: Command;
  readonly digest: string;
  /** A flow runs it: what the model allows speaks of people. */
  readonly isOfFlow: boolean;
}

export interface Vocabulary {
  /** By the names of now, or by former ones. */
  find(context: string, aggregate: string): Kind | undefined;
  /** Every command by its full name. */
  readonly names: readonly string[];
}

export function vocabulary(definitions: readonly AnyAggregate[]): Vocabulary {
  const kinds = new Map<string, Map<string, Kind>>();
  const all = definitions.map(kindOf);
  const put = (kind: Kind, context: string, name: string) =>
    kinds.set(context, (kinds.get(context) ?? new Map<string, Kind>()).set(name, kind));
  for (const kind of all) for (const { context, aggregate } of addressesOf(kind.definition).slice(1)) put(kind, context, aggregate);
  for (const kind of all) put(kind, kind.definition.context, kind.definition.name);

  return {
    find: (context, aggregate) => kinds.get(context)?.get(aggregate),
    names: definitions.flatMap((definition) => Object.keys(definition.commands).map((name) => fullName(definition, name))),
  };
}

function kindOf(definition: AnyAggregate): Kind {
  const events = Object.entries(definition.events).map(
    ([name, { version, fields }]) => [name, { version, validate: validator(asPublished(fields), inWords(name)) }] as const,
  );
  return {
    name: `${definition.context}.${definition.name}`,
    definition,
    shape: shapeOf(definition),
    fields: fieldChecks(ofState(definition.fields)),
    commands: commandsOf(definition),
    events: new Map(events),
  };
}

/** Former names first, so that a name of now wins over them. */
function commandsOf(definition: AnyAggregate): ReadonlyMap<string, KnownCommand> {
  const { context, aggregate } = storedAddress(definition);
  const known = Object.entries(definition.commands).map(([name, command]): KnownCommand => {
    const oldest = `${context}.${aggregate}.${command.was?.at(-1) ?? name}`;
    return {
      name,
      definition: command,
      validate: validator(command.fields, inWords(name)),
      oldest,
      makeOldest: oldestFields(command.fields),
    };
  });
  const formerly = known.flatMap((command) => (command.definition.was ?? []).map((name) => [name, command] as const));
  return new Map([...formerly, ...known.map((command) => [command.name, command] as const)]);
}

/** The default of an event's field is what old events mean; who publishes says what is meant. */
function asPublished(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, { default: _old, ...field }]) => [name, field]));
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
