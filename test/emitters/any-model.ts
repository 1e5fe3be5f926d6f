import fc from "fast-check";
import type { Expression } from "../../src/model/expression.ts";
import type { Type } from "../../src/model/types/type.ts";
import {
  aggregate,
  boolean,
  command,
  domain,
  event,
  everyone,
  ex,
  field,
  integer,
  list,
  literal,
  place,
  read,
  state,
  textType,
} from "./models.ts";

const lengths = fc.integer({ min: 1, max: 40 });
const words = (prefix: string) => lengths.map((length) => `${prefix}${"Abcdefghij".repeat(4)}`.slice(0, Math.max(length, prefix.length)));
const sentences = fc.constantFrom(undefined, "Short.", `Long${" and longer".repeat(12)}.`, "Ends a comment */ early.", 'Says "hey".');
const reasons = fc.constantFrom("No.", 'It is "so".', `It is too long${", far too long".repeat(8)}.`);
const types = fc.constantFrom<Type>(textType, { kind: "text", minLength: 1, maxLength: 280, matching: "^[A-Z]{3}-\\d{4}$" }, integer, {
  kind: "integer",
  atLeast: 0,
  atMost: 100,
});
const fieldTypes = fc.oneof(
  types,
  types.map((of): Type => ({ kind: "optional", of })),
  fc.constant<Type>({ kind: "list", of: textType }),
);

/** Models with names from short to very long, so that every line is broken some time. */
export const models = fc
  .record({
    domainName: words("d"),
    contextName: words("c"),
    names: fc.tuple(words("m"), words("n")),
    fields: fc.uniqueArray(fc.record({ name: words("f"), type: fieldTypes }), { selector: ({ name }) => name, maxLength: 4 }),
    commandNames: fc.uniqueArray(words("s"), { maxLength: 3 }),
    eventNames: fc.uniqueArray(words("e"), { minLength: 1, maxLength: 3 }),
    description: sentences,
    reason: reasons,
    limit: fc.nat(),
  })
  .map(({ domainName, contextName, names, fields, commandNames, eventNames, description, reason, limit }) => {
    const described = description === undefined ? {} : { description };
    const declared = fields.map(({ name, type }) => field(name, type, described));
    const started = fields.map(({ name, type }) => state(name, type, startOf(type)));
    const numbers = fields.filter(({ type }) => type.kind === "integer").map(({ name }) => read("state", name, integer));
    const isTooMuch: Expression[] = numbers.map((left) => ex({ kind: "comparison", operator: ">", left, right: literal(limit) }, boolean));
    const [first, ...others] = isTooMuch;
    const condition = first && (others.length === 0 ? first : ex({ kind: "logic", word: "or", operands: [first, ...others] }, boolean));
    const events = eventNames.map((name) => event(name, declared, undefined, described));
    const publishes = eventNames.map((name) => ({
      kind: "publish" as const,
      event: name,
      data: fields.map((each) => ({ field: each.name, value: read("command", each.name, each.type) })),
      place,
    }));
    const reject = {
      kind: "reject" as const,
      reason: [reason, ...numbers],
      ...(condition && { condition: ex({ kind: "not", operand: condition }, boolean) }),
      place,
    };
    const commands = commandNames.map((name) => command(name, "any", declared, condition ? [reject, ...publishes] : publishes, described));
    const rules = [...everyone, { who: { kind: "role" as const, role: "clerk" }, ...(condition && { where: condition }), place }];
    const aggregates = [...new Set(names)].map((name) =>
      aggregate(
        name,
        { state: started, commands, events: events.map((each) => ({ ...each, allows: rules })) },
        { context: contextName, ...described },
      ),
    );
    const assignments = fields.map((each) => ({ field: each.name, value: read("event", each.name, each.type) }));
    const reactions = Object.fromEntries(
      eventNames.map((name) => [`${contextName}.${names[0]}.${name}`, [{ kind: "add-row" as const, assignments, place }]]),
    );
    return domain(
      domainName,
      aggregates,
      [list(`l${names[0]}`, started, reactions, { ...described, indexes: [fields.map(({ name }) => name)] })],
      described,
    );
  });

function startOf(type: Type): Expression {
  if (type.kind === "optional") return ex({ kind: "literal", value: null }, type);
  return type.kind === "list" ? ex({ kind: "list", items: [] }, type) : literal(type.kind === "integer" ? 0 : "", type);
}
