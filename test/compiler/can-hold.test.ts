import fc from "fast-check";
import { expect, test } from "vitest";
import { canFail, canHold } from "../../src/checker/can-hold.ts";
import type { Expression } from "../../src/model/expression.ts";
import { boolean, ex, integer, literal, read } from "../emitters/models.ts";

const fields = ["a", "b"] as const;
const flag = "private";
const numbers = [-1, 0, 1, 2, 3, 4];
type World = Readonly<Record<string, number | boolean>>;
const worlds: readonly World[] = numbers.flatMap((a) =>
  numbers.flatMap((b) => [true, false].map((isPrivate): World => ({ a, b, [flag]: isPrivate }))),
);

const operand = fc.oneof(
  fc.constantFrom(...fields).map((field) => read("row", field, integer)),
  fc.constantFrom(0, 1, 2, 3).map((value) => literal(value)),
);
const comparison = fc
  .tuple(fc.constantFrom("is", "is not", "<", "<=", ">", ">=" as const), operand, operand)
  .map(([operator, left, right]) => ex({ kind: "comparison", operator, left, right }, boolean));

const conditions = fc.letrec<{ condition: Expression }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    comparison,
    fc.constant(read("row", flag, boolean)),
    tie("condition").map((inner) => ex({ kind: "not", operand: inner }, boolean)),
    fc
      .tuple(fc.constantFrom("and", "or" as const), fc.array(tie("condition"), { minLength: 2, maxLength: 3 }))
      .map(([word, operands]) => ex({ kind: "logic", word, operands }, boolean)),
  ),
})).condition;

function valueIn(world: World, expression: Expression): unknown {
  switch (expression.kind) {
    case "read":
      return world[expression.field];
    case "literal":
      return expression.value;
    case "not":
      return valueIn(world, expression.operand) === false;
    case "logic":
      return expression.word === "and"
        ? expression.operands.every((each) => valueIn(world, each) === true)
        : expression.operands.some((each) => valueIn(world, each) === true);
    case "comparison": {
      const [left, right] = [valueIn(world, expression.left), valueIn(world, expression.right)] as [number, number];
      return {
        is: left === right,
        "is not": left !== right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
      }[expression.operator];
    }
    default:
      throw new Error(`There is no ${expression.kind} here.`);
  }
}

test("a condition that is said never, or always, to hold does so in no, or in every, case", () => {
  let never = 0;
  fc.assert(
    fc.property(conditions, (condition) => {
      const outcomes = worlds.map((world) => valueIn(world, condition));
      if (!canHold(condition)) expect(outcomes).not.toContain(true);
      if (!canFail(condition)) expect(outcomes).not.toContain(false);
      if (!canHold(condition) || !canFail(condition)) never++;
    }),
    { numRuns: 5000 },
  );
  expect(never).toBeGreaterThan(50);
});
