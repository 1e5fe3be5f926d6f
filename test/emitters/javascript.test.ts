import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { statementsAt } from "../../src/emitters/javascript/lay-out-statements.ts";
import { binary, type Js, type Operator, type Property, type Spread, type Statement } from "../../src/emitters/javascript/syntax.ts";

const longer = fc.integer({ min: 1, max: 28 }).map((length) => "abcdefghijklmnopqrstuvwxyzabcdefgh".slice(0, length));
const names = fc.oneof(longer, fc.constantFrom("message", "event", "größe", "likes"));
const sentences = fc.oneof(fc.constantFrom("", 'say "hey"', "it's", `"it's"`, "two\nlines", "\\", "`${x}`"), longer);
const operators = fc.constantFrom<Operator>("||", "&&", "??", "===", "!==", "<=", ">", ">=", "+", "-", "*", "/", "%");

/** As deep as models go: chains of names, one call on them, conditions within conditions. */
const { expressions } = fc.letrec<{ expressions: Js; chains: Js; calls: Js; branches: Js; operands: Js }>((tie) => ({
  chains: fc.oneof(
    { maxDepth: 2 },
    names.map((name): Js => ({ kind: "name", name })),
    fc.record({ kind: fc.constant("member"), object: tie("chains"), property: names }) as fc.Arbitrary<Js>,
    fc.record({ kind: fc.constant("member"), object: tie("calls"), property: names }) as fc.Arbitrary<Js>,
    fc.record({ kind: fc.constant("member"), object: tie("branches"), property: names }) as fc.Arbitrary<Js>,
  ),
  /** `a.b(…)`, on which others are called. */
  calls: fc.record({
    kind: fc.constant("call"),
    callee: fc.record({ kind: fc.constant("member"), object: tie("chains"), property: names }),
    args: fc.array(
      fc.oneof(
        tie("chains"),
        fc.record({ kind: fc.constant("arrow"), parameters: fc.array(names, { maxLength: 1 }), body: tie("chains") }),
        fc.record({ kind: fc.constant("constant"), value: fc.nat() }),
      ),
      { maxLength: 1 },
    ),
  }) as fc.Arbitrary<Js>,
  operands: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("chains"),
    fc.record({ kind: fc.constant("text"), value: sentences }) as fc.Arbitrary<Js>,
    fc.record({ kind: fc.constant("constant"), value: fc.oneof(fc.nat(), fc.boolean(), fc.constant(null)) }) as fc.Arbitrary<Js>,
    fc
      .record({ kind: fc.constant("template"), parts: fc.array(fc.oneof(sentences, tie("chains")), { minLength: 1, maxLength: 3 }) })
      .map(alternating),
    fc.record({ kind: fc.constant("call"), callee: tie("chains"), args: fc.array(tie("operands"), { maxLength: 2 }) }) as fc.Arbitrary<Js>,
    fc.record({ kind: fc.constant("unary"), operator: fc.constantFrom("!", "-"), operand: tie("operands") }) as fc.Arbitrary<Js>,
    fc.tuple(tie("operands"), operators, tie("operands")).map((parts) => binary(...parts)),
    fc.record({ kind: fc.constant("present"), operand: tie("chains") }) as fc.Arbitrary<Js>,
    fc.record({ kind: fc.constant("array"), items: fc.array(tie("operands"), { maxLength: 4 }) }) as fc.Arbitrary<Js>,
  ),
  branches: fc.oneof(
    { maxDepth: 2 },
    tie("operands"),
    fc.record({
      kind: fc.constant("conditional"),
      test: fc.oneof(tie("operands"), tie("branches")),
      then: tie("branches"),
      otherwise: tie("branches"),
    }) as fc.Arbitrary<Js>,
  ),
  expressions: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("branches"),
    fc.record({ kind: fc.constant("object"), open: fc.boolean(), properties: properties(tie("expressions")) }).map(closedIfEmpty),
    fc.record({ kind: fc.constant("arrow"), parameters: fc.array(names, { maxLength: 2 }), body: tie("operands") }) as fc.Arbitrary<Js>,
    fc.record({
      kind: fc.constant("call"),
      // An object that has been broken once stays broken, and draws a chain of calls together: prettier is of two minds there.
      callee: tie("chains").filter((callee) => !mentionsCall(callee)),
      args: fc.array(tie("expressions"), { maxLength: 2 }),
    }) as fc.Arbitrary<Js>,
  ),
}));

const mentionsCall = (node: Js): boolean => JSON.stringify(node).includes('"kind":"call"');

function properties(values: fc.Arbitrary<Js>) {
  const keys = fc.oneof(names, fc.constantFrom("communication.message.sent", "a-b"));
  return fc.uniqueArray(fc.record({ name: keys, value: values }), { selector: ({ name }) => name, maxLength: 3 });
}

/** Two texts side by side would be one. */
function alternating({ parts }: { parts: (string | Js)[] }): Js {
  const merged = parts.filter((part, index) => typeof part !== "string" || typeof parts[index - 1] !== "string");
  return { kind: "template", parts: merged };
}

function closedIfEmpty({ properties, open }: { properties: { name: string; value: Js }[]; open: boolean }): Js {
  return { kind: "object", properties, open: open && properties.length > 0 };
}

const { statements } = fc.letrec<{ statements: Statement }>((tie) => ({
  statements: fc.oneof(
    { maxDepth: 2 },
    fc.record({ kind: fc.constant("const"), name: names, value: expressions }) as fc.Arbitrary<Statement>,
    fc.record({ kind: fc.constant("return"), value: expressions }) as fc.Arbitrary<Statement>,
    fc.record({ kind: fc.constant("do"), expression: expressions.filter((node) => node.kind === "call") }) as fc.Arbitrary<Statement>,
    fc.record(
      {
        kind: fc.constant("if"),
        test: expressions,
        then: fc.array(tie("statements"), { minLength: 1, maxLength: 3 }),
        otherwise: fc.array(tie("statements"), { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ["kind", "test", "then"] },
    ) as fc.Arbitrary<Statement>,
    fc.record({
      kind: fc.constant("for"),
      variable: names,
      of: expressions,
      body: fc.array(tie("statements"), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Statement>,
  ),
}));

const asFunction = (body: string) => `function f() {\n${body}\n}\n`;

describe("laid out as prettier lays out", () => {
  test("any statements", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statements, { minLength: 1, maxLength: 3 }), async (body) => {
        const text = asFunction(statementsAt(1, body));
        expect(await format(text, { parser: "typescript" })).toBe(text);
      }),
      { numRuns: 600 },
    );
  });

  test("and meant as it was meant: with every parenthesis there is, it comes to the same", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(expressions, async (expression) => {
        const text = asFunction(statementsAt(1, [{ kind: "const", name: "x", value: expression }]));
        const explicit = asFunction(`const x = ${parenthesised(expression)};`);
        expect(await format(explicit, { parser: "typescript" })).toBe(text);
      }),
      { numRuns: 400 },
    );
  });
});

function parenthesised(node: Js): string {
  switch (node.kind) {
    case "name":
      return node.name;
    case "text":
      return JSON.stringify(node.value);
    case "constant":
      return `(${String(node.value)})`;
    case "regex":
      return `/${node.source}/`;
    case "template":
      return `\`${node.parts.map((part) => (typeof part === "string" ? escaped(part) : `\${${parenthesised(part)}}`)).join("")}\``;
    case "member":
      return `(${parenthesised(node.object)}).${node.property}`;
    case "call":
      return `((${parenthesised(node.callee)})(${node.args.map(parenthesised).join(", ")}))`;
    case "present":
      return `(${parenthesised(node.operand)})!`;
    case "unary":
      return `(${node.operator}${parenthesised(node.operand)})`;
    case "binary":
      return `((${parenthesised(node.left)}) ${node.operator} (${parenthesised(node.right)}))`;
    case "conditional":
      return `((${parenthesised(node.test)}) ? (${parenthesised(node.then)}) : (${parenthesised(node.otherwise)}))`;
    case "object":
      return `({${node.open ? "\n" : ""}${node.properties.map(property).join(", ")}})`;
    case "array":
      return `([${node.items.map(parenthesised).join(", ")}])`;
    case "arrow":
      return `((${node.parameters.join(", ")}) => ${parenthesised(node.body)})`;
  }
}

const property = (each: Property | Spread) => ("spread" in each ? `...${parenthesised(each.spread)}` : named(each));
const named = ({ name, value }: Property) =>
  value.kind === "name" && value.name === name
    ? name
    : `${/^[\p{L}]+$/u.test(name) ? name : JSON.stringify(name)}: ${parenthesised(value)}`;
const escaped = (text: string) => text.replace(/[\\`]|\$(?=\{)/g, "\\$&").replaceAll("\n", "\\n");
