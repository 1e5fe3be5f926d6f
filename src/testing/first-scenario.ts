import { aggregatesOf } from "../checker/aggregates-of.ts";
import type { Rule } from "../model/allow.ts";
import type { Domain } from "../model/domain.ts";
import type { Field } from "../model/field.ts";
import { fullName } from "../model/names.ts";
import type { Type } from "../model/types/type.ts";
import { instanceNames, people } from "./explore/cast.ts";
import { castOf, nameIn } from "./explore/story-text.ts";
import { valuesText } from "./value-text.ts";

/** A scenario to begin with, about a command of this model; nothing, where the model has none. */
export function firstScenario(domain: Domain): string | undefined {
  const commands = aggregatesOf(domain).flatMap(({ context, name: aggregate, commands }) =>
    commands.map((command) => ({ command, context, aggregate })),
  );
  const first = commands.find(({ command }) => command.on === "new") ?? commands[0];
  if (first === undefined) return undefined;
  const { command, context, aggregate } = first;
  const values = valuesText(exampleData(command.fields, domain), command.fields, domain, castOf(domain));
  const when = `when ${nameIn(domain, fullName({ context, aggregate, command: command.name }))}${who(command.allows)}`;
  const [event] = command.publishes;
  const then = event === undefined ? "then nothing" : `then ${nameIn(domain, fullName({ context, aggregate, event }))}`;
  return `scenario "What is right is carried out"\n  ${when}${values === "" ? "" : ` with ${values}`}\n  ${then}`;
}

/** Somebody who may. */
function who(allows: readonly Rule[]): string {
  const [first] = allows;
  if (first === undefined || allows.some(({ who }) => who.kind === "everyone")) return "";
  return first.who.kind === "role" ? ` as ${first.who.role} ${people[0]}` : ` as ${people[0]}`;
}

/** All that cannot be left out. */
const exampleData = (fields: readonly Field[], domain: Domain) =>
  Object.fromEntries(
    fields
      .filter(({ type, default: given }) => type.kind !== "optional" && given === undefined)
      .map(({ name, type }) => [name, exampleOf(type, domain)]),
  );

const exampleOf = (type: Type, domain: Domain): unknown => (table[type.kind] as (type: Type, domain: Domain) => unknown)(type, domain);

const table: { readonly [Kind in Type["kind"]]: (type: Extract<Type, { readonly kind: Kind }>, domain: Domain) => unknown } = {
  // Who wrote a pattern knows best what fits it.
  text: ({ minLength = 0, maxLength = 3, matching }) => (matching === undefined ? "hey".slice(0, maxLength).padEnd(minLength, "y") : "…"),
  boolean: () => true,
  integer: ({ atLeast, atMost }) => Math.ceil(atLeast ?? Math.min(1, atMost ?? 1)),
  number: ({ atLeast, atMost }) => atLeast ?? Math.min(1, atMost ?? 1),
  decimal: ({ atLeast, atMost }) => atLeast ?? atMost ?? "1",
  timestamp: () => "2026-01-01T12:00:00.000Z",
  date: () => "2026-01-01",
  duration: () => "PT1H",
  id: () => "one",
  email: () => "jane@example.com",
  url: () => "https://example.com/",
  json: () => "a",
  reference: ({ to }) => instanceNames(to.aggregate)[0],
  choice: ({ options }) => options[0],
  value: ({ value }, domain) => exampleData(domain.values.find((one) => fullName(one) === fullName(value))?.fields ?? [], domain),
  list: ({ of, atLeast = 0 }, domain) => Array.from({ length: atLeast }, () => exampleOf(of, domain)),
  map: () => ({}),
  optional: () => null,
  none: () => null,
};
