import { builders, printer } from "prettier/doc";
import type { Doc } from "prettier";
import { layOutAssignment } from "./lay-out-assignment.ts";
import { isLogicalNode } from "./precedence.ts";
import { layOut } from "./lay-out-expression.ts";
import type { Js, Statement } from "./syntax.ts";
import { printWidth, tabWidth } from "./width.ts";

const { group, hardline, ifBreak, indent, softline } = builders;

/** Statements as text, each line indented so many levels, without a line end after the last. */
export const statementsAt = (level: number, statements: readonly Statement[]): string =>
  statements.length === 0 ? "" : textAt(level, layOutStatements(statements));

/** `name: value,` and the like, at the level. */
export const propertyAt = (level: number, key: string, value: Js): string =>
  textAt(level, [layOutAssignment(key, ":", value, { role: "value" }, layOut), ","]);

/** A document as text, each line indented so many levels. */
export function textAt(level: number, doc: Doc): string {
  const indented = Array.from({ length: level }).reduce<Doc>((inner) => indent(inner), [hardline, doc]);
  return printer.printDocToString(indented, { printWidth, tabWidth, useTabs: false }).formatted.slice(1);
}

function layOutStatements(statements: readonly Statement[]): Doc {
  return statements.flatMap((statement, index) => {
    const previous = statements[index - 1];
    if (previous === undefined) return [layOutStatement(statement)];
    const isClose = previous.kind === statement.kind && statement.kind !== "if" && statement.kind !== "for";
    return [isClose ? hardline : [hardline, hardline], layOutStatement(statement)];
  });
}

function layOutStatement(statement: Statement): Doc {
  switch (statement.kind) {
    case "const":
      return [
        group(
          layOutAssignment(
            `const ${statement.name}${statement.type === undefined ? "" : `: ${statement.type}`}`,
            " =",
            statement.value,
            { role: "value" },
            layOut,
          ),
        ),
        ";",
      ];
    case "do":
      return [layOut(statement.expression, { role: "statement" }), ";"];
    case "return":
      return ["return ", returned(statement.value), ";"];
    case "if":
      return layOutIf(statement);
    case "for":
      return [`for (const ${statement.variable} of `, layOut(statement.of, { role: "of" }), ") ", block(statement.body)];
  }
}

function returned(value: Js): Doc {
  const doc = layOut(value, { role: "return" });
  return value.kind === "binary" ? group([ifBreak("("), indent([softline, doc]), softline, ifBreak(")")]) : doc;
}

function layOutIf({ test, then, otherwise }: Extract<Statement, { readonly kind: "if" }>): Doc {
  const condition = layOut(test, { role: "if" });
  const head: Doc = ["if (", deniesLogic(test) ? condition : group([indent([softline, condition]), softline]), ")"];
  const whole: Doc = [head, " ", block(then)];
  if (otherwise === undefined || otherwise.length === 0) return whole;
  const [only] = otherwise;
  return [whole, " else ", otherwise.length === 1 && only?.kind === "if" ? layOutIf(only) : block(otherwise)];
}

/** `!(a && b)` brings parentheses of its own to break in. */
function deniesLogic(test: Js): boolean {
  if (test.kind !== "unary" || test.operator !== "!") return false;
  const inner = test.operand.kind === "unary" && test.operand.operator === "!" ? test.operand.operand : test.operand;
  return isLogicalNode(inner);
}

const block = (statements: readonly Statement[]): Doc =>
  statements.length === 0 ? "{}" : ["{", indent([hardline, layOutStatements(statements)]), hardline, "}"];
