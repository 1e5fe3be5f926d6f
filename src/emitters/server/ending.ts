import { binary, call, path, text, type Js, type Statement } from "../javascript/syntax.ts";
import type { Locals } from "./scopes.ts";

/** How a handler ends where nothing else has ended it. */
export const done: Statement = { kind: "return", value: call(path("mark", "asDone")) };

/** Whether no way leads past the last statement. */
export function endsAlways(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last?.kind === "return") return true;
  return last?.kind === "if" && last.otherwise !== undefined && endsAlways(last.then) && endsAlways(last.otherwise);
}

/** Where one branch of the last statement has returned, the other goes on without an `else`. */
export function withoutElse(statements: readonly Statement[]): readonly Statement[] {
  const statement = statements.at(-1);
  if (statement?.kind !== "if" || statement.otherwise === undefined || !endsAlways(statement.then)) return statements;
  return [...statements.slice(0, -1), { kind: "if", test: statement.test, then: statement.then }, ...statement.otherwise];
}

/** What is left to code that a person writes. Where more is to be done after it, only what it rejects is the end. */
export function handOver(value: Js, locals: Locals, isLast: boolean): readonly Statement[] {
  if (isLast) return [{ kind: "return", value }];
  const marked = locals.nameOf("marked");
  const rejected = binary(path(marked, "kind"), "===", text("rejected"));
  return [
    { kind: "const", name: marked, value },
    { kind: "if", test: rejected, then: [{ kind: "return", value: path(marked) }] },
  ];
}
