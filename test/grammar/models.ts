import fc from "fast-check";

/** A line, with the lines below it. */
interface Written {
  readonly line: string;
  readonly below: readonly Written[];
}

const name = fc.constantFrom(
  "text",
  "likes",
  "order",
  "list",
  "set",
  "event",
  "größe",
  "x1",
  "to",
  "from",
  "by",
  "all",
  "items",
  "add",
  "count",
  "when1",
);
const quoted = fc.constantFrom('"Text is missing."', '""', '"a \\"b\\" # | {c}"', '"😀"');
const number = fc.constantFrom("0", "1", "2.50", "3 days", "1 hour");
const literal = fc.oneof(quoted, number, fc.constantFrom("true", "none", "now", "today", "2026-01-31", "it"));
const join = (...parts: (string | fc.Arbitrary<string>)[]) => {
  const arbitraries = parts.map((part) => (typeof part === "string" ? fc.constant(part) : part));
  return fc.tuple(...arbitraries).map((texts) => texts.filter((text) => text !== "").join(" "));
};
const maybe = (arbitrary: fc.Arbitrary<string>) => fc.oneof(fc.constant(""), arbitrary);
const some = (arbitrary: fc.Arbitrary<string>, separator = ", ") =>
  fc.array(arbitrary, { minLength: 1, maxLength: 3 }).map((texts) => texts.join(separator));

const { expression } = fc.letrec<{ expression: string; value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    name,
    literal,
    join(name, ".", name).map((text) => text.replaceAll(" ", "")),
    tie("expression").map((inner) => `(${inner})`),
    fc.tuple(name, tie("expression")).map(([called, inner]) => `${called}(${inner})`),
    fc.tuple(name, name, tie("value")).map(([called, field, inner]) => `${called}(${field} = ${inner})`),
    fc.tuple(tie("value"), tie("value")).map(([one, other]) => `[${one}, ${other}]`),
    tie("value").map((inner) => `-${inner}`),
    fc.tuple(fc.constantFrom("count", "first", "none", "length"), tie("value")).map(([word, inner]) => `${word} of ${inner}`),
    fc.tuple(tie("expression"), name).map(([inner, over]) => `sum of (${inner}) over ${over}`),
    fc.tuple(name, tie("value")).map(([collection, inner]) => `(${collection} where x is ${inner})`),
  ),
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("value"),
    fc
      .tuple(
        tie("value"),
        fc.constantFrom("+", "-", "*", "/", "mod", "is", "is not", "<", ">=", "is in", "contains", "starts with", "otherwise"),
        tie("value"),
      )
      .map((parts) => parts.join(" ")),
    fc.tuple(tie("value"), fc.constantFrom("is empty", "is not none", "matches /a [/] b/")).map((parts) => parts.join(" ")),
    fc.tuple(tie("value"), fc.constantFrom("and", "or"), tie("value")).map(([one, word, other]) => `${one} ${word} not ${other}`),
    fc.tuple(tie("value"), tie("value"), tie("value")).map(([a, b, c]) => `if ${a} then ${b} else ${c}`),
  ),
}));

const plainCondition = fc.oneof(name, join(name, "is", literal), join(name, ">=", name));
const type = fc.oneof(
  name,
  join("list of", name),
  join("optional map of", name),
  join(name, ".", name).map((text) => text.replaceAll(" ", "")),
);
const restriction = fc.constantFrom("at least 0", "-1 to 1", "at most 40 characters", "matching /^[A-Z]{3}$/");
const field = join(
  name,
  ":",
  type,
  maybe(restriction.map((text) => `, ${text}`)),
  maybe(literal.map((text) => `= ${text}`)),
  maybe(join("was", some(name))),
);
const arg = fc.oneof(
  name.filter((text) => text !== "all"),
  join(name, "=", expression),
);
const args = some(arg);
const path = some(name, ".");

const leaf = (line: fc.Arbitrary<string>): fc.Arbitrary<Written> => line.map((text) => ({ line: text, below: [] }));
const block = (line: fc.Arbitrary<string>, below: fc.Arbitrary<Written>, minLength = 0): fc.Arbitrary<Written> =>
  fc.tuple(line, fc.array(below, { minLength, maxLength: 4 })).map(([text, lines]) => ({ line: text, below: lines }));

function statement(depth = 2): fc.Arbitrary<Written> {
  const simple = leaf(
    fc.oneof(
      join("publish", name, maybe(join("with", args)), maybe(join("when", expression))),
      join("reject", quoted, maybe(join(fc.constantFrom("when", "unless"), expression))),
      join("let", name, "=", expression),
      join("set", args),
      join("clear", name),
      join("add", name, "to", name),
      join("remove", maybe(join(name, "from", name))),
      join("update", args),
      join("add or update", args),
      join("run", path, maybe(join("on", fc.oneof(fc.constant("new"), name))), maybe(join("with", args))),
      join("schedule", name, "in", expression),
      join("cancel", name),
      join("end", maybe(name)),
    ),
  );
  if (depth === 0) return simple;
  return fc.oneof(
    { weight: 4, arbitrary: simple },
    { weight: 1, arbitrary: block(join("when", expression), statement(depth - 1), 1) },
    { weight: 1, arbitrary: block(join("for each", name, "in", name), statement(depth - 1), 1) },
    { weight: 1, arbitrary: block(join("publish", name), leaf(arg)) },
    { weight: 1, arbitrary: block(join("reject", quoted, "unless all of"), leaf(plainCondition), 1) },
  );
}

function declaration(): fc.Arbitrary<Written> {
  const fields = leaf(field);
  const body = fc.oneof(fields, statement());
  const reaction = block(join("when", name, ".", name), statement());
  const aggregate = block(
    join(
      "aggregate",
      name.filter((text) => text !== "event"),
    ),
    fc.oneof(
      fields,
      block(join("command", name, maybe(join(fc.constantFrom("on new", "on any"), name))), body),
      block(join("event", name), body),
      leaf(
        join(
          "allow",
          name,
          "to",
          fc.constantFrom("", "see"),
          some(name.filter((text) => text !== "list")),
          maybe(join("where", plainCondition)),
        ),
      ),
      leaf(join("invariant", quoted, expression)),
    ),
  );
  return fc.oneof(
    leaf(join("import", quoted)),
    block(join("context", name), aggregate),
    block(join("value", name), fields),
    block(join("choice", name), leaf(name)),
    block(join("table", name), leaf(fc.constant('| 1 | "a | b" |')), 0).map(({ line, below }) => ({
      line,
      below: [{ line: "| a: integer | text: text |", below: [] }, ...below],
    })),
    block(join("list", name), fc.oneof(fields, reaction, leaf(join("query", name, "where", plainCondition, "take", number)))),
    block(join("flow", name, maybe(join("for each", name))), fc.oneof(fields, reaction)),
    block(
      join("scenario", quoted),
      leaf(
        fc.oneof(
          join("given", path, "with", args),
          join("when", path, "as", name),
          join("then", name, ".", name),
          fc.constant("given 3 days pass"),
        ),
      ),
    ),
  );
}

/** Spaces between words, deeper blocks, empty lines and comments as they come. */
function laidOut(blocks: readonly Written[]): fc.Arbitrary<string> {
  return fc.infiniteStream(fc.nat(99)).map((stream) => {
    const chance = () => stream.next().value as number;
    const rows: string[] = [];
    const write = ({ line, below }: Written, column: number) => {
      if (chance() < 15) rows.push(chance() < 50 ? "" : "   ");
      if (chance() < 8) rows.push(`${" ".repeat(column)}# above`);
      const text = chance() < 20 ? line.replace(/^(\w+) /, (_, word: string) => `${word}${" ".repeat(1 + (chance() % 3))}`) : line;
      rows.push(`${" ".repeat(column)}${text}${chance() < 8 ? "  # behind" : ""}${chance() < 5 ? "  " : ""}`);
      const deeper = column + 1 + (chance() % 4);
      for (const child of below) write(child, deeper);
    };
    for (const each of blocks) write(each, 0);
    return rows.join(chance() < 10 ? "\r\n" : "\n") + (chance() < 50 ? "\n" : "");
  });
}

/**
 * Texts of models that the grammar accepts, with the layout that people really write: any indentation that is deeper, spaces, empty lines,
 * comments. They mean nothing; names are often words of the language.
 */
export const models: fc.Arbitrary<string> = fc.array(declaration(), { minLength: 1, maxLength: 5 }).chain((blocks) => laidOut(blocks));
