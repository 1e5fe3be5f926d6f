import type * as tree from "../../../grammar/ast.ts";
import type { FormerNames } from "../names.ts";
import type { Declared, Question } from "../place.ts";
import { type Environment, placeOf } from "../resolve/environment.ts";

/** What every declaration has: its name, what it says about itself, and where it is. */
export function declaredAs(
  env: Environment,
  block: { readonly name: tree.Name; readonly description?: tree.Quoted; readonly span: tree.Span },
): Declared {
  const { name, description, span } = block;
  const declared = { name: name.text, place: placeOf(env, span) };
  return description === undefined ? declared : { ...declared, description: description.value };
}

export const questionsOf = (env: Environment, { questions }: tree.Block): readonly Question[] =>
  questions.map(({ text, span }) => ({ text: text.value, place: placeOf(env, span) }));

export const formerly = (was: readonly tree.Name[] | undefined): { readonly was?: FormerNames } =>
  was === undefined ? {} : { was: was.map(({ text }) => text) };

export const inContext = (context: string | undefined): { readonly context?: string } => (context === undefined ? {} : { context });
