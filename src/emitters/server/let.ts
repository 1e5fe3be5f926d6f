import type { Expression } from "../../model/expression.ts";
import { subexpressions } from "../../model/subexpressions.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import type { Statement } from "../javascript/syntax.ts";
import { typeDoc } from "../typescript/type.ts";
import { emitExpression } from "./expression.ts";
import type { Scope } from "./scope.ts";

/** `const name = value`, with its type where TypeScript would make another one of what is written there: an option in a list is any text to it. */
export function emitLet(name: string, value: Expression, scope: Scope): Statement {
  const statement = { kind: "const", name, value: emitExpression(value, scope) } as const;
  return isWidened(value) ? { ...statement, type: textAt(0, typeDoc(value.type, scope.imports.value)) } : statement;
}

const isWidened = (value: Expression): boolean =>
  [...subexpressions(value)].some(
    (part) =>
      (part.kind === "construct" || part.kind === "list") &&
      [...subexpressions(part)].some(({ kind }) => kind === "option" || kind === "if"),
  );
